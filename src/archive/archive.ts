import { describeReason, HarnessError } from '../message/index.ts'
import { type Exchange, hashText } from '../protocol/index.ts'
import { parseExchangeValue } from '../recording/index.ts'
import { buildIndex, type Building, type Derived } from './build.ts'
import { type Content, openContent } from './content.ts'
import {
  type ArchiveFinding,
  hasLineHead,
  isLineWhole,
  parseLine,
  shortenDigest,
} from './format.ts'
import {
  findInIndex,
  type IndexRecord,
  keepIndex,
  listLast,
  nameInvocation,
  openIndex,
} from './index-file.ts'

export type { ArchiveFinding } from './format.ts'

/** Exchanges that stay in their file. Numbers of exchanges count from 0, in the order of the lines that are whole. */
export interface Archive {
  readonly path: string
  readonly count: number
  readonly operations: readonly string[]
  readonly redactedBy: unknown
  /** What is wrong with it, as far as is known; more may be found when lines are read. */
  findings(): readonly ArchiveFinding[]
  /** Those whose request has that digest (base64), in order. */
  find(digest: string): number[]
  /** Equal for attempts of one invocation, `undefined` for those of none. */
  readInvocation(index: number): string | undefined
  readOperation(index: number): string
  /** Throws `recording-invalid`, with file and offset, for a line that is no longer what it was. */
  read(index: number): Exchange
  /** Those that answer in place of all attempts of their invocations are the last ones. */
  listLastAttempts(): number[]
}

/** How an archive is opened. */
export interface OpenArchive {
  /** By what rules `derive` makes digests. */
  keys: string
  derive(exchange: Exchange, redactedBy: unknown): Derived
  /** Told while the index is made, in bytes. */
  onProgress?: ((done: number, total: number) => void) | undefined
  /** Told of what is found after the opening. */
  onFinding?: (finding: ArchiveFinding) => void
}

/** Notes what is found later; of a state of the file, and of a place, once. */
function collectFindings({ onFinding }: Pick<OpenArchive, 'onFinding'>): {
  later: ArchiveFinding[]
  note: (finding: ArchiveFinding) => void
} {
  const later: ArchiveFinding[] = []
  return {
    later,
    note(finding) {
      const isKnown = later.some(
        ({ rule, offset }) =>
          rule === finding.rule && (offset === finding.offset || rule === 'archive.grown'),
      )
      if (isKnown || later.length >= MOST_LATER) return
      later.push(finding)
      onFinding?.(finding)
    },
  }
}

const MOST_LATER = 1000

/** Keeps the line that was read last: whoever finds one reads it next. */
function createLineReader(content: Content): {
  readLine: (record: IndexRecord) => Buffer
  forget: () => void
} {
  let latest: { offset: number; bytes: Buffer } | undefined
  return {
    readLine({ offset, length }) {
      if (latest?.offset !== offset) latest = { offset, bytes: content.readAt(offset, length) }
      return latest.bytes
    },
    forget() {
      latest = undefined
    },
  }
}

/** A look at the file's state costs as much as reading a line. */
const READS_BETWEEN_LOOKS = 50

/** Whether a path names an archive, by its ending. */
export function isArchive(path: string): boolean {
  return /\.(?:ndjson|jsonl)(?:\.zst|\.gz)?$/i.test(path)
}

/**
 * Opens an archive by the index beside it, which is made where there is none, or none that fits: of another state of the file, or of other rules. The
 * index is derived and can be deleted at any time. Throws `not-found`, and `recording-invalid` for what is no archive.
 */
export function openArchive(path: string, opening: OpenArchive): Archive {
  const { keys, onProgress } = opening
  const derive = (value: unknown, redactedBy: unknown) =>
    opening.derive(parseExchangeValue(value, path), redactedBy)
  const building: Building = { keys, onProgress, derive }
  const content = openContent(path)
  const stamp = `${content.stamp} ${keys}`
  const indexPath = `${path}.${hashText(keys).replaceAll(/\W/g, '').slice(0, 8)}.index`
  const make = () => keepIndex(indexPath, stamp, buildIndex(content, building), content)
  let index = openIndex(indexPath, stamp) ?? make()
  if (index.head.count === 0 && content.size > 0 && !index.head.hasKeys)
    throw new HarnessError(
      'recording-invalid',
      `${path} is no archive: none of its lines is an exchange. ${index.head.findings[0]?.message ?? ''}`.trim(),
    )
  const { later, note } = collectFindings(opening)
  const fail = (offset: number, reason: string): never => {
    note({ rule: 'archive.sum', offset, message: reason })
    throw new HarnessError(
      'recording-invalid',
      `${path} cannot be read at byte ${offset}: ${reason}. The rest is served; open it again, or make it anew.`,
    )
  }
  const { readLine, forget } = createLineReader(content)
  let reads = 0
  const read = (at: number): Exchange => {
    if (reads++ % READS_BETWEEN_LOOKS === 0) {
      const changed = content.lookAgain()
      if (changed) note(changed)
    }
    return readExchange({ path, readLine, record: index.readRecord(at), fail })
  }
  const readDigest = (record: IndexRecord, digest: string): string | undefined => {
    try {
      forget() // the line as it is now
      const bytes = readLine(record)
      if (isHeadOf(digest, bytes)) return digest
      return derive(parseLine(bytes), index.head.redactedBy).digest
    } catch {
      return undefined
    }
  }
  let isFresh = false
  /** The line that the index leads to is looked at: one that leads elsewhere was damaged, and is made anew. */
  const find = (digest: string): number[] => {
    const found = findInIndex(index, digest)
    const [first] = found
    const told = first === undefined ? digest : readDigest(index.readRecord(first), digest)
    if (told === digest || isFresh) return found
    isFresh = true
    const fresh = make()
    const again = findInIndex(fresh, digest)
    if (told === undefined && again.length === 0) return found // the line itself is damaged: whoever reads it hears of it
    index = fresh
    note({
      rule: 'archive.index',
      offset: 0,
      message: `${indexPath} was damaged, and was made anew`,
    })
    return again
  }
  return {
    path,
    get count() {
      return index.head.count
    },
    get operations() {
      return index.head.operations
    },
    get redactedBy() {
      return index.head.redactedBy
    },
    findings: () => [...index.head.findings, ...later],
    find,
    read,
    readInvocation: (at) => nameInvocation(index.readRecord(at)),
    readOperation: (at) => index.head.operations[index.readRecord(at).operation] ?? '',
    listLastAttempts: () => listLast(index),
  }
}

function isHeadOf(digest: string, line: Buffer): boolean {
  return (
    hasLineHead(line, 0, line.length) && line.toString('latin1', 8, 40) === shortenDigest(digest)
  )
}

interface Reading {
  path: string
  readLine(record: IndexRecord): Buffer
  record: IndexRecord
  fail(offset: number, reason: string): never
}

function readExchange(reading: Reading): Exchange {
  const { path, record } = reading
  const fail = (reason: string) => reading.fail(record.offset, reason)
  let bytes: Buffer
  try {
    bytes = reading.readLine(record)
  } catch (error) {
    return fail(describeReason(error))
  }
  if (hasLineHead(bytes, 0, bytes.length) && !isLineWhole(bytes))
    return fail('the line is not what it was when it was written')
  try {
    return parseExchangeValue(parseLine(bytes), path)
  } catch (error) {
    return fail(describeReason(error))
  }
}
