import {
  appendFileSync,
  closeSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  statSync,
  write,
  writeSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { describeReason, HarnessError } from '../message/index.ts'
import { isObject, parseBody } from '../protocol/index.ts'
import type { RedactedExchange, RedactedProvenance, RedactedRecording } from '../redaction/index.ts'
import { createRecording, MAX_RECORDING_BYTES, parseRecordingValue } from './recording.ts'

/** What a journal's first line says of the recorder that wrote it. */
export interface JournalHeader {
  format: 'starttask-journal'
  version: 1
  /** Where its exchanges go in the end: the name of a `.json` file beside it, or empty for its folder. */
  out: string
  /** When the recorder began, and when its run did (that of a whole process tree, where there is one): milliseconds since 1970. */
  startedAt: number
  runStartedAt: number
  provenance: RedactedProvenance
  /** Whether exchanges stay that were recorded before and not again (`keep`), or even all (`add`). */
  existing: 'keep' | 'replace' | 'add'
  /** Places of a request that do not count, as the team has decided. */
  ignore: readonly string[]
  /** The process that writes it, and the machine that it runs on. */
  pid: number
  host: string
}

/** One exchange of a journal. */
export interface JournalEntry {
  /** The place in the order in which exchanges began. */
  place: number
  /** What made the request, as far as it said so. */
  client: string
  exchange: RedactedExchange
}

/** A file to which finished exchanges are appended, one a line: what it holds outlives the process, however that ends. */
export interface Journal {
  readonly path: string
  /** Whether anything was written; before that there is no file. */
  readonly exists: boolean
  /** Resolves when the exchange is in the file: `undefined`, or what kept it out. It is tried again with the next one. */
  append(entry: JournalEntry): Promise<unknown>
  /** Writes at once what is left: for a process that ends. Throws what writing throws. */
  flush(): void
  /** Waits for what is left, and closes the file; tells how many exchanges could not be written, and why. Never rejects. */
  close(): Promise<{ lost: number; cause: unknown }>
}

/** The largest amount of text, in bytes, that waits for a disk that does not take it. What comes beyond it is lost. */
const MOST_WAITING = 64 * 1024 * 1024

interface Waiting {
  text: string
  settle: (failure: unknown) => void
}

/** Opens a journal; the file is made with its first line. */
export function openJournal(path: string, header: JournalHeader): Journal {
  const file = createJournalFile(path, `${JSON.stringify(header)}\n`)
  let waiting: Waiting[] = []
  let waitingBytes = 0
  let underWay: Waiting[] = []
  let writing: Promise<void> | undefined
  let lost = 0
  let cause: unknown

  const confirm = (batch: readonly Waiting[]) => {
    for (const { text, settle } of batch) {
      waitingBytes -= text.length
      settle(undefined)
    }
  }
  const writeWaiting = async () => {
    while (waiting.length > 0) {
      underWay = waiting
      waiting = []
      try {
        const isUnderWay = file.append(joinTexts(underWay))
        if (isUnderWay) await isUnderWay // without a turn between a write at once and its confirmation: an exit would write it twice
        confirm(underWay)
      } catch (error) {
        cause = error
        for (const { settle } of underWay) settle(error)
        waiting = [...underWay, ...waiting] // for the next try, before what came later
        return
      } finally {
        underWay = []
      }
    }
  }
  const start = () => (writing ??= writeWaiting().finally(() => (writing = undefined)))

  return {
    path,
    get exists() {
      return file.isOpen()
    },
    append({ place, client, exchange }) {
      const text = `${JSON.stringify({ place, client, exchange })}\n`
      if (waitingBytes + text.length > MOST_WAITING) {
        lost += 1
        return Promise.resolve(cause)
      }
      waitingBytes += text.length
      const { promise, resolve } = Promise.withResolvers<unknown>()
      waiting.push({ text, settle: resolve })
      void start()
      return promise
    },
    flush() {
      const batch = [...underWay, ...waiting]
      waiting = []
      if (batch.length === 0) return
      file.appendNow(joinTexts(batch))
      confirm(batch)
    },
    async close() {
      await start()
      await start() // what failed once is tried once more
      file.close()
      return { lost: waiting.length + lost, cause }
    },
  }
}

function joinTexts(batch: readonly Waiting[]): string {
  return batch.map(({ text }) => text).join('')
}

/**
 * A file that only grows. Each write names its position, so that one that was under way when the process ended can be made again in its
 * place, and what failed half-way is cut off.
 */
function createJournalFile(path: string, firstLine: string) {
  let descriptor: number | undefined
  let position = 0
  let slowUntil = 0
  const open = () => {
    if (descriptor !== undefined) return descriptor
    mkdirSync(dirname(path), { recursive: true })
    descriptor = openSync(path, 'wx', 0o600)
    return descriptor
  }
  const encode = (text: string) => Buffer.from(position === 0 ? firstLine + text : text)
  return {
    isOpen: () => descriptor !== undefined,
    /** `undefined` when it is written, otherwise what waits for that. Throws, or rejects with, what writing throws. */
    append(text: string): Promise<void> | undefined {
      const bytes = encode(text)
      const file = open()
      const take = () => {
        position += bytes.length
      }
      const takeBack = (error: unknown) => {
        cutTo(file, position)
        throw error
      }
      if (performance.now() < slowUntil) return writeAll(file, bytes, position).then(take, takeBack)
      try {
        if (!writeTimed(file, bytes, position)) slowUntil = performance.now() + SLOW_FOR_MS
      } catch (error) {
        takeBack(error)
      }
      take()
      return undefined
    },
    /** Also in the place of a write that is under way: the same bytes come first. */
    appendNow(text: string): void {
      const bytes = encode(text)
      writeAllNow(open(), bytes, position)
      position += bytes.length
    },
    close(): void {
      if (descriptor !== undefined) closeSync(descriptor)
    },
  }
}

function cutTo(descriptor: number, length: number): void {
  try {
    ftruncateSync(descriptor, length)
  } catch {
    // half a line stays, which readers leave out; the failure that brought us here is told
  }
}

/** After a write that took longer than this, the next ones are left to another thread, for a while. */
const LONGEST_QUICK_MS = 20
const SLOW_FOR_MS = 5000

/**
 * Writes at once, and tells whether that was quick: memory takes a line in a tenth of the time in which another thread is asked to write it.
 */
function writeTimed(descriptor: number, bytes: Buffer, position: number): boolean {
  const began = performance.now()
  writeAllNow(descriptor, bytes, position)
  return performance.now() - began < LONGEST_QUICK_MS
}

function writeAllNow(descriptor: number, bytes: Buffer, position: number): void {
  for (let done = 0; done < bytes.length;)
    done += writeSync(descriptor, bytes, done, bytes.length - done, position + done)
}

function writeAll(descriptor: number, bytes: Buffer, position: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const writeFrom = (done: number) => {
      write(descriptor, bytes, done, bytes.length - done, position + done, (error, written) => {
        if (error) reject(error)
        else if (done + written < bytes.length) writeFrom(done + written)
        else resolve()
      })
    }
    writeFrom(0)
  })
}

/** A journal that was read back. */
export interface StoredJournal {
  path: string
  header: JournalHeader
  entries: JournalEntry[]
  /** The files into which its exchanges were being put when the recorder was killed: some of them are there already. */
  placing: ReadonlySet<string>
}

/** What journals of a folder are called in their names, where files are called by their own. */
const FOLDER_NAME = 'recording'

/** Where a recorder with this `out` writes its journal: beside the file, or in the folder; hidden. */
export function nameJournal(out: string, id: string): string {
  return out.endsWith('.json')
    ? join(dirname(out), `.${basename(out)}.${id}.journal`)
    : join(out, `.${FOLDER_NAME}.${id}.journal`)
}

/** The journals that lie where a recorder with this `out` writes them, sorted; none where there is no such folder. */
export function listJournals(out: string): string[] {
  const isFile = out.endsWith('.json')
  const folder = isFile ? dirname(out) : out
  const start = `.${isFile ? basename(out) : FOLDER_NAME}.`
  try {
    const names = readdirSync(folder).filter(
      (name) => name.startsWith(start) && name.endsWith('.journal'),
    )
    return names.toSorted().map((name) => join(folder, name))
  } catch {
    return []
  }
}

/**
 * Reads a journal. A last line that was cut in half is left out. Throws `recording-invalid` for what no recorder of ours wrote,
 * `too-large`, `not-found` for a file that is gone.
 */
export function readJournal(path: string): StoredJournal {
  const [first = '', ...lines] = readLines(path)
  const header = parseHeader(first, path)
  const values = lines.map((line, index) => parseJson(line, path, index + 2))
  const placing = new Set(values.flatMap((value) => readPlacing(value) ?? []))
  const parsed = values.flatMap((value, index) =>
    readPlacing(value) === undefined ? [parseLine(value, path, index + 2)] : [],
  )
  const envelope = createJournalRecording(header, [])
  const { exchanges } = parseRecordingValue(
    { ...envelope, exchanges: parsed.map(({ exchange }) => exchange) },
    path,
  )
  const entries = exchanges.map((exchange, index) => ({
    place: parsed[index]?.place ?? index,
    client: parsed[index]?.client ?? 'unknown',
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- nothing comes into a journal but through redaction
    exchange: exchange as RedactedExchange,
  }))
  return { path, header, entries, placing }
}

/** A journal's first line alone; `undefined` where it is none or cannot be read. */
export function readJournalHeader(path: string): JournalHeader | undefined {
  try {
    const descriptor = openSync(path, 'r')
    try {
      const bytes = new Uint8Array(LONGEST_HEADER)
      const text = Buffer.from(
        bytes.subarray(0, readSync(descriptor, bytes, 0, bytes.length, 0)),
      ).toString('utf8')
      return parseHeader(text.split('\n', 1)[0] ?? '', path)
    } finally {
      closeSync(descriptor)
    }
  } catch {
    return undefined
  }
}

const LONGEST_HEADER = 64 * 1024

/** Notes in a journal that its exchanges are now being put into a file. */
export function notePlacing(path: string, file: string): void {
  appendFileSync(path, `${JSON.stringify({ placing: basename(file) })}\n`)
}

/** A journal as the recording that it is on the way to become. */
export function readJournalRecording(path: string): {
  recording: RedactedRecording
  placing: ReadonlySet<string>
} {
  const { header, entries, placing } = readJournal(path)
  const exchanges = entries
    .toSorted((one, other) => one.place - other.place)
    .map(({ exchange }) => exchange)
  return { recording: createJournalRecording(header, exchanges), placing }
}

/** Creates the recording of exchanges that the recorder of a journal saw. */
export function createJournalRecording(
  { startedAt, provenance }: JournalHeader,
  exchanges: RedactedExchange[],
): RedactedRecording {
  return createRecording({ recordedAt: new Date(startedAt).toISOString(), provenance, exchanges })
}

function readLines(path: string): string[] {
  const text = readFileText(path)
  const lines = text.split('\n')
  lines.pop() // empty, or cut in half
  return lines
}

function readFileText(path: string): string {
  try {
    const { size } = statSync(path)
    if (size > MAX_RECORDING_BYTES) {
      throw new HarnessError(
        'too-large',
        `${path} has ${size} bytes; a journal of more than ${MAX_RECORDING_BYTES} is not read.`,
      )
    }
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof HarnessError) throw error
    throw new HarnessError('not-found', `${path} cannot be read: ${describeReason(error)}.`, {
      cause: error,
    })
  }
}

function parseHeader(line: string, path: string): JournalHeader {
  const value = parseJson(line, path, 1)
  if (!isHeader(value))
    throw new HarnessError(
      'recording-invalid',
      `${path} is no journal of a recorder: its first line does not say so.`,
    )
  return value
}

function isHeader(value: unknown): value is JournalHeader {
  return (
    isObject(value) &&
    value['format'] === 'starttask-journal' &&
    value['version'] === 1 &&
    typeof value['out'] === 'string' &&
    isTime(value['startedAt']) &&
    isTime(value['runStartedAt']) &&
    isObject(value['provenance']) &&
    ['keep', 'replace', 'add'].some((existing) => existing === value['existing']) &&
    Array.isArray(value['ignore']) &&
    value['ignore'].every((pointer) => typeof pointer === 'string') &&
    typeof value['pid'] === 'number' &&
    typeof value['host'] === 'string'
  )
}

/** Milliseconds that a `Date` can hold. */
function isTime(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value <= 8.64e15
}

function readPlacing(value: unknown): string | undefined {
  return isObject(value) && typeof value['placing'] === 'string' ? value['placing'] : undefined
}

function parseLine(
  value: unknown,
  path: string,
  number: number,
): { place: number; client: string; exchange: unknown } {
  if (isObject(value) && typeof value['place'] === 'number' && typeof value['client'] === 'string')
    return { place: value['place'], client: value['client'], exchange: value['exchange'] }
  throw new HarnessError(
    'recording-invalid',
    `${path} breaks the form of a journal in line ${number}.`,
  )
}

function parseJson(line: string, path: string, number: number): unknown {
  try {
    return parseBody(line, MAX_RECORDING_BYTES)
  } catch (error) {
    const reason = describeReason(error)
    throw new HarnessError(
      'recording-invalid',
      `${path} cannot be read in line ${number}: ${reason}`,
      { cause: error },
    )
  }
}
