import {
  appendFileSync,
  closeSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  statSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'

import { HarnessError } from '../message/index.ts'
import {
  isObject,
  parseBody,
  type Recording,
  RECORDING_FORMAT,
  RECORDING_VERSION,
} from '../protocol/index.ts'
import type { JournalEntry, JournalHeader } from './journal.ts'
import { MAX_RECORDING_BYTES, parseRecordingValue } from './recording.ts'
import type { RedactedExchange } from '../redaction/index.ts'

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
  const { exchanges } = parseRecordingValue(
    { ...describeJournal(header), exchanges: parsed.map(({ exchange }) => exchange) },
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
  recording: Recording
  placing: ReadonlySet<string>
} {
  const { header, entries, placing } = readJournal(path)
  const exchanges = entries
    .toSorted((one, other) => one.place - other.place)
    .map(({ exchange }) => exchange)
  return { recording: { ...describeJournal(header), exchanges }, placing }
}

function describeJournal({ startedAt, provenance }: JournalHeader): Omit<Recording, 'exchanges'> {
  return {
    format: RECORDING_FORMAT,
    version: RECORDING_VERSION,
    recordedAt: new Date(startedAt).toISOString(),
    provenance,
  }
}

function readLines(path: string): string[] {
  const text = readText(path)
  const lines = text.split('\n')
  lines.pop() // empty, or cut in half
  return lines
}

function readText(path: string): string {
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
    throw new HarnessError(
      'not-found',
      `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
      {
        cause: error,
      },
    )
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
    const reason = error instanceof Error ? error.message : String(error)
    throw new HarnessError(
      'recording-invalid',
      `${path} cannot be read in line ${number}: ${reason}`,
      { cause: error },
    )
  }
}
