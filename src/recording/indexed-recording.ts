import { describeReason, HarnessError } from '../message/index.ts'
import { type Exchange, mayBeInexact, parseKnown, type Recording } from '../protocol/index.ts'
import {
  type Derived,
  type IndexedRecording,
  isSettled,
  keepInCache,
  locateInCache,
  readFromCache,
} from './index-cache.ts'
import { formatCanonically, parseRecording } from './recording.ts'
import { listJournals } from './journal.ts'
import { closeSync, fstatSync, openSync, readFileSync, readSync, statSync } from 'node:fs'

/** Files below this size are parsed faster than an index pays for. */
const SMALLEST_BYTES = 1024 * 1024
const INDEX_FORMAT = 'starttask-index 3'

/**
 * Opens a large recording file by the index that an earlier opening left in the user's cache folder (`XDG_CACHE_HOME`, else `~/.cache`), or
 * reads it whole and leaves one there. An index counts for one state of one file under one set of rules; it holds digests and places, and
 * nothing of what was recorded. `undefined` for what is no large recording in the form in which recordings are written: it is read as others.
 *
 * Throws what parsing a recording throws.
 *
 * @param rules tells one way of deriving from another
 */
export function openIndexedRecording(
  path: string,
  rules: string,
  derive: (exchange: Exchange, redactedBy: unknown) => Derived,
): IndexedRecording | undefined {
  const stamp = readStamp(path)
  if (stamp === undefined || listJournals(path).length > 0) return undefined
  const place = locateInCache(path, rules)
  if (place === undefined) return undefined
  const known = readIndex(place, stamp.text)
  if (known) return createIndexed(path, stamp.text, known)
  const made = makeIndex(path, derive)
  if (!made || readStamp(path)?.text !== stamp.text) return undefined
  if (stamp.isSettled) keepInCache(place, INDEX_FORMAT, { stamp: stamp.text, index: made })
  return createIndexed(path, stamp.text, made)
}

interface Stamp {
  text: string
  isSettled: boolean
}

function readStamp(path: string): Stamp | undefined {
  try {
    return describeState(statSync(path, { bigint: true }))
  } catch {
    return undefined // the store says what is wrong with it
  }
}

interface State {
  isFile(): boolean
  dev: bigint
  ino: bigint
  size: bigint
  mtimeNs: bigint
  ctimeNs: bigint
}

function describeState(state: State): Stamp | undefined {
  if (!state.isFile() || state.size < SMALLEST_BYTES) return undefined
  const { dev, ino, size, mtimeNs, ctimeNs } = state
  return {
    text: [dev, ino, size, mtimeNs, ctimeNs].join(' '),
    isSettled: isSettled(Number(ctimeNs / 1_000_000n)),
  }
}

interface Index {
  redactedBy: string | null
  operations: string[]
  /** By exchange: which of `operations`. */
  operation: number[]
  /** By exchange: the first exchange of its invocation, or -1. */
  invocation: number[]
  /** All digests, one behind the other. */
  digests: string
  /** By exchange: where it begins; and at the end, where the last one ends. */
  starts: number[]
  ends: number[]
  /** Whether a double holds each number of it. */
  isExact: boolean
}

/** Of `hashText`: base64 of 32 bytes. Not computed: that would load node:crypto for everyone who imports this. */
const DIGEST_LENGTH = 44

/** An index that is damaged, or of another state of the file, is none. */
function readIndex(place: string, stamp: string): Index | undefined {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- in the user's own cache; what it leads to is looked at again
  const kept = readFromCache(place, INDEX_FORMAT) as { stamp: string; index: Index } | undefined
  if (kept?.stamp !== stamp) return undefined
  const { index } = kept
  const { length } = index.starts
  const isWhole =
    [index.operation, index.invocation, index.ends].every((list) => list.length === length) &&
    index.digests.length === length * DIGEST_LENGTH
  return isWhole ? index : undefined
}

function makeIndex(
  path: string,
  derive: (exchange: Exchange, redactedBy: unknown) => Derived,
): Index | undefined {
  const text = readFileText(path)
  if (text === undefined) return undefined
  const recording = parseRecording(text, path)
  if (formatCanonically(recording) !== text) return undefined
  const places = locateExchanges(Buffer.from(text), recording)
  if (!places) return undefined
  const redactedBy = recording.provenance['redaction']
  const derived = recording.exchanges.map((exchange) => derive(exchange, redactedBy))
  const operations = [...new Set(derived.map(({ operation }) => operation))]
  const firsts = new Map<string, number>()
  return {
    redactedBy: typeof redactedBy === 'string' ? redactedBy : null,
    operations,
    operation: derived.map(({ operation }) => operations.indexOf(operation)),
    invocation: derived.map(({ invocation }, index) => {
      if (invocation === undefined) return -1
      const first = firsts.get(invocation) ?? index
      firsts.set(invocation, first)
      return first
    }),
    digests: derived.map(({ digest }) => digest).join(''),
    ...places,
    isExact: !mayBeInexact(text),
  }
}

/** Above the size that a recording may have, the store says so. */
function readFileText(path: string): string | undefined {
  const { size } = statSync(path)
  return size > 64 * 1024 * 1024 ? undefined : readFileSync(path, 'utf8')
}

/** In the form in which recordings are written, a line of four spaces and a brace begins and ends each exchange, and nothing else behind `exchanges`. */
function locateExchanges(
  bytes: Buffer,
  { exchanges }: Recording,
): { starts: number[]; ends: number[] } | undefined {
  const [starts, ends]: [number[], number[]] = [[], []]
  let at = bytes.indexOf('\n  "exchanges": [\n')
  while (at >= 0 && starts.length < exchanges.length) {
    const start = bytes.indexOf('\n    {\n', at)
    const end = bytes.indexOf('\n    }', start)
    if (start < 0 || end < 0) return undefined
    starts.push(start + 1)
    ends.push(end + '\n    }'.length)
    at = end
  }
  return starts.length === exchanges.length ? { starts, ends } : undefined
}

function createIndexed(path: string, stamp: string, index: Index): IndexedRecording {
  const withFile = keepFile(path, stamp)
  return {
    redactedBy: index.redactedBy ?? undefined,
    outlines: index.starts.map((_, exchange) => readOutline(index, exchange)),
    read: (exchange) => withFile((file) => readExchange(file, index, exchange)),
    readAll: () => withFile((file) => readBlocks(file, index)),
  }
}

function readOutline(
  { operations, operation, invocation, digests }: Index,
  exchange: number,
): Derived {
  const first = invocation[exchange] ?? -1
  return {
    operation: operations[operation[exchange] ?? 0] ?? '',
    invocation: first < 0 ? undefined : String(first),
    digest: digests.slice(exchange * DIGEST_LENGTH, (exchange + 1) * DIGEST_LENGTH),
  }
}

interface OpenFile {
  file: number
  /** Of the file as it is open: one that was put in its place meanwhile is another one. */
  state: string
}

/** Files are closed when nobody can ask for them any more: nobody tells a replayer that it is needed no more. */
const forgotten = new FinalizationRegistry<number>((file) => closeSync(file))

/** Opens the file when it is read first. */
function keepFile(path: string, stamp: string): <Read>(read: (file: number) => Read) => Read {
  let open: OpenFile | undefined
  return (read) => {
    try {
      open ??= openAsKnown(path, stamp)
      if (describeOpen(open.file) !== open.state) throw new Error('it was changed meanwhile')
      return read(open.file)
    } catch (error) {
      const reason = describeReason(error)
      throw new HarnessError(
        'recording-invalid',
        `${path} cannot be read any more: ${reason}. Start the replayer again.`,
        { cause: error },
      )
    }
  }
}

function openAsKnown(path: string, stamp: string): OpenFile {
  const file = openSync(path, 'r')
  const open = { file, state: describeOpen(file) }
  if (describeState(fstatSync(file, { bigint: true }))?.text !== stamp) {
    closeSync(file)
    throw new Error('it was changed meanwhile')
  }
  forgotten.register(open, file)
  return open
}

function describeOpen(file: number): string {
  const { size, mtimeMs, ctimeMs } = fstatSync(file)
  return `${size} ${mtimeMs} ${ctimeMs}`
}

function readExchange(file: number, { starts, ends, isExact }: Index, exchange: number): Exchange {
  const [start = 0, end = 0] = [starts[exchange], ends[exchange]]
  return parseExchange(readBytes(file, start, end), isExact)
}

function readBytes(file: number, start: number, end: number): Buffer {
  const bytes = Buffer.allocUnsafe(end - start)
  for (let done = 0; done < bytes.length;) {
    const count = readSync(file, bytes, done, bytes.length - done, start + done)
    if (count === 0) throw new Error('it ends too early')
    done += count
  }
  return bytes
}

/** It was checked when the index was made, of the same bytes. */
function parseExchange(bytes: Buffer, isExact: boolean): Exchange {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as said
  return (isExact ? JSON.parse(bytes.toString()) : parseKnown(bytes.toString())) as Exchange
}

/** All exchanges, from one reading of the file; each is parsed when it is come to. */
function readBlocks(file: number, { starts, ends, isExact }: Index): Iterable<Exchange> {
  const offset = starts[0] ?? 0
  return parseBlocks(readBytes(file, offset, ends.at(-1) ?? offset), offset, {
    starts,
    ends,
    isExact,
  })
}

function* parseBlocks(
  bytes: Buffer,
  offset: number,
  { starts, ends, isExact }: Pick<Index, 'starts' | 'ends' | 'isExact'>,
): Generator<Exchange> {
  for (const [exchange, start] of starts.entries())
    yield parseExchange(bytes.subarray(start - offset, (ends[exchange] ?? start) - offset), isExact)
}
