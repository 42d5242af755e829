import { HarnessError } from '../errors.ts'
import { type Exchange, isObject, parseBody } from '../protocol/index.ts'
import { hashText, parseRecordingValue, RECORDING_FORMAT, RECORDING_VERSION } from '../recording/index.ts'
import { type Building, buildIndex, type Derived } from './build.ts'
import { type Content, openContent } from './content.ts'
import type { ArchiveFinding } from './finding.ts'
import { hasLineHead, isLineWhole, MAX_LINE_BYTES, readHex, shortenDigest, stripLine } from './format.ts'
import { type BuiltIndex, formatHead, type IndexHead, readHead, RECORD_BYTES, SLOT_BYTES } from './layout.ts'

export type { ArchiveFinding } from './finding.ts'

const { closeSync, fstatSync, openSync, readSync, renameSync, rmSync, writeSync } = process.getBuiltinModule('node:fs')

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
  onFinding?: ((finding: ArchiveFinding) => void) | undefined
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
  const derive = (value: unknown, redactedBy: unknown) => opening.derive(checkExchange(value, path), redactedBy)
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
  const later: ArchiveFinding[] = []
  const note = (finding: ArchiveFinding) => {
    if (
      later.length >= 1000 ||
      later.some(({ rule, offset }) => rule === finding.rule && (offset === finding.offset || rule === 'archive.grown'))
    )
      return
    later.push(finding)
    opening.onFinding?.(finding)
  }
  const fail = (offset: number, reason: string): never => {
    note({ rule: 'archive.sum', offset, message: reason })
    throw new HarnessError(
      'recording-invalid',
      `${path} cannot be read at byte ${offset}: ${reason}. The rest is served; open it again, or make it anew.`,
    )
  }
  /** The line that was read last: whoever finds one reads it next. */
  let latest: { offset: number; bytes: Buffer } | undefined
  const readLine = ({ offset, length }: IndexRecord): Buffer => {
    if (latest?.offset === offset) return latest.bytes
    latest = { offset, bytes: content.readAt(offset, length) }
    return latest.bytes
  }
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
      latest = undefined // the line as it is now
      const bytes = readLine(record)
      if (hasLineHead(bytes, 0, bytes.length) && bytes.toString('latin1', 8, 40) === shortenDigest(digest)) return digest
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
    note({ rule: 'archive.index', offset: 0, message: `${indexPath} was damaged, and was made anew` })
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

interface IndexRecord {
  offset: number
  length: number
  /** From 1; 0 is none. */
  next: number
  operation: number
  invocationHigh: number
  invocationLow: number
}

interface Index {
  head: IndexHead
  readSlots(first: number, count: number): Buffer
  readRecord(line: number): IndexRecord
}

const forgotten = new FinalizationRegistry<number>((file) => closeSync(file))

/** Reads the index as it is asked: opening costs the same for a thousand lines and a million. */
function openIndex(path: string, stamp: string): Index | undefined {
  let file: number | undefined
  try {
    const opened = openSync(path, 'r')
    file = opened
    const { size } = fstatSync(opened)
    const readAt = (offset: number, length: number) => {
      const bytes = Buffer.allocUnsafe(length)
      return bytes.subarray(0, readSync(opened, bytes, 0, length, offset))
    }
    const known = readHead(readAt, size, stamp)
    if (!known) throw new Error('of another state')
    const index = createIndex(known.head, (offset, length) => readAt(known.bodyAt + offset, length))
    forgotten.register(index, opened)
    return index
  } catch {
    if (file !== undefined) closeSync(file)
    return undefined
  }
}

function createIndex(head: IndexHead, readAt: (offset: number, length: number) => Buffer): Index {
  /** The one that was read last: whoever finds a line asks for it several times. */
  let latest: { line: number; record: IndexRecord } | undefined
  return {
    head,
    readSlots: (first, count) => readAt(first * SLOT_BYTES, count * SLOT_BYTES),
    readRecord(line) {
      if (latest?.line === line) return latest.record
      const bytes = readAt(head.slots * SLOT_BYTES + line * RECORD_BYTES, RECORD_BYTES)
      const record = {
        offset: bytes.readDoubleLE(0),
        length: bytes.readUInt32LE(8),
        next: bytes.readUInt32LE(12),
        operation: bytes.readUInt32LE(16),
        invocationHigh: bytes.readUInt32LE(20),
        invocationLow: bytes.readUInt32LE(24),
      }
      latest = { line, record }
      return record
    },
  }
}

/** Writes it beside the archive; where that cannot be, it lives in memory and is made again next time. */
function keepIndex(path: string, stamp: string, built: BuiltIndex, content: Content): Index {
  const inMemory = createIndex(built.head, (offset, length) => built.body.subarray(offset, offset + length))
  if (content.lookAgain()) return inMemory // it was changed while it was read: the next opening looks again
  const temporary = `${path}.${process.pid}.tmp`
  try {
    const file = openSync(temporary, 'wx', 0o644)
    try {
      writeAll(file, formatHead(built.head, stamp))
      writeAll(file, built.body)
    } finally {
      closeSync(file)
    }
    renameSync(temporary, path)
    return openIndex(path, stamp) ?? inMemory
  } catch {
    rmSync(temporary, { force: true })
    return inMemory
  }
}

function writeAll(file: number, bytes: Buffer): void {
  for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done)
}

const SLOTS_AT_ONCE = 16

function findInIndex(index: Index, digest: string): number[] {
  const key = Buffer.from(shortenDigest(digest))
  const [high, low] = [readHex(key, 0), readHex(key, 8)]
  const found: number[] = []
  for (let line = findFirst(index, high, low); line > 0 && found.length < index.head.count; line = index.readRecord(line - 1).next) {
    if (line > index.head.count) return found // a damaged index
    found.push(line - 1)
  }
  return found
}

function findFirst(index: Index, high: number, low: number): number {
  const { slots } = index.head
  let slot = (high & (slots - 1)) >>> 0
  for (let looked = 0; looked < slots;) {
    const count = Math.min(SLOTS_AT_ONCE, slots - slot)
    const bytes = index.readSlots(slot, count)
    for (let at = 0; at + SLOT_BYTES <= bytes.length; at += SLOT_BYTES) {
      const first = bytes.readUInt32LE(at + 8)
      if (first === 0) return 0
      if (bytes.readUInt32LE(at) === high && bytes.readUInt32LE(at + 4) === low) return first
    }
    looked += count
    slot = (slot + count) % slots
  }
  return 0
}

function nameInvocation({ invocationHigh, invocationLow }: IndexRecord): string | undefined {
  return invocationHigh === 0 && invocationLow === 0 ? undefined : `${invocationHigh} ${invocationLow}`
}

function listLast(index: Index): number[] {
  const last: number[] = []
  for (let slot = 0; slot < index.head.slots; slot++) {
    const first = index.readSlots(slot, 1).readUInt32LE(8)
    const byInvocation = new Map<string, number>()
    for (let line = first; line > 0;) {
      const record = index.readRecord(line - 1)
      byInvocation.set(nameInvocation(record) ?? `alone ${line}`, line - 1)
      line = record.next
    }
    last.push(...byInvocation.values())
  }
  return last.toSorted((one, other) => one - other)
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
    return fail(error instanceof Error ? error.message : String(error))
  }
  if (hasLineHead(bytes, 0, bytes.length) && !isLineWhole(bytes)) return fail('the line is not what it was when it was written')
  try {
    return checkExchange(parseLine(bytes), path)
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error))
  }
}

function parseLine(bytes: Buffer): unknown {
  const value = parseBody(bytes, MAX_LINE_BYTES)
  return isObject(value) ? stripLine(value) : value
}

const ENVELOPE = { format: RECORDING_FORMAT, version: RECORDING_VERSION, recordedAt: '1970-01-01T00:00:00.000Z', provenance: {} }

function checkExchange(value: unknown, path: string): Exchange {
  const [exchange] = parseRecordingValue({ ...ENVELOPE, exchanges: [value] }, path).exchanges
  if (!exchange) throw new Error('it is none')
  return exchange
}
