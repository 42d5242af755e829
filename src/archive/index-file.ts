import * as zlib from 'node:zlib' // not by name: Node.js 20 lacks some of them, and is to report which version is needed
import { isObject } from '../protocol/index.ts'
import type { Lines } from './line-table.ts'
import type { Content } from './content.ts'
import { type ArchiveFinding, type ArchiveHeader, readHex, shortenDigest } from './format.ts'
import { closeSync, fstatSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs'

/** What the index knows of a line. */
export interface IndexRecord {
  offset: number
  length: number
  /** From 1; 0 is none. */
  next: number
  operation: number
  invocationHigh: number
  invocationLow: number
}

/** An index that is asked where it lies, in a file or in memory. */
export interface Index {
  head: IndexHead
  readSlots(first: number, count: number): Buffer
  readRecord(line: number): IndexRecord
}

const forgotten = new FinalizationRegistry<number>((file) => closeSync(file))

/** Reads the index as it is asked: opening costs the same for a thousand lines and a million. */
export function openIndex(path: string, stamp: string): Index | undefined {
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
export function keepIndex(path: string, stamp: string, built: BuiltIndex, content: Content): Index {
  const inMemory = createIndex(built.head, (offset, length) =>
    built.body.subarray(offset, offset + length),
  )
  if (content.lookAgain()) return inMemory // it was changed while it was read: the next opening looks again
  const temporary = `${path}.${crypto.randomUUID()}.tmp`
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

/** The lines with a key, in order. */
export function findInIndex(index: Index, digest: string): number[] {
  const key = Buffer.from(shortenDigest(digest))
  const [high, low] = [readHex(key, 0), readHex(key, 8)]
  const found: number[] = []
  for (const line of followChain(index, findFirst(index, high, low))) found.push(line)
  return found
}

/** The lines from `first` (from 1; 0 is none) on; they go forward alone, so that a damaged index ends as well. */
function* followChain(index: Index, first: number): Generator<number> {
  for (let [line, before] = [first, 0]; line > before && line <= index.head.count;) {
    yield line - 1
    ;[line, before] = [index.readRecord(line - 1).next, line]
  }
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

export function nameInvocation({ invocationHigh, invocationLow }: IndexRecord): string | undefined {
  return invocationHigh === 0 && invocationLow === 0
    ? undefined
    : `${invocationHigh} ${invocationLow}`
}

/** The last line of each invocation, and each line without one. */
export function listLast(index: Index): number[] {
  const last: number[] = []
  for (let slot = 0; slot < index.head.slots; slot++) {
    const first = index.readSlots(slot, 1).readUInt32LE(8)
    const byInvocation = new Map<string, number>()
    for (const line of followChain(index, first))
      byInvocation.set(nameInvocation(index.readRecord(line)) ?? `alone ${line}`, line)
    last.push(...byInvocation.values())
  }
  return last.toSorted((one, other) => one - other)
}

/** An index in bytes: a head as JSON, a table from keys to lines, and what is known of each line. */
export interface BuiltIndex {
  head: IndexHead
  /** Table and records. */
  body: Buffer
}

export interface IndexHead {
  count: number
  /** A power of two, so that a key's own bits say where to look. */
  slots: number
  operations: string[]
  redactedBy: unknown
  hasKeys: boolean
  findings: ArchiveFinding[]
}

/** High, low, and the first line with that key, from 1; 0 is an empty slot. */
const SLOT_BYTES = 16
/** Offset (8), length, next line with the same key from 1, operation, invocation high and low. */
const RECORD_BYTES = 32

const MAGIC = 'STARTIX1'
const HEAD_AT = MAGIC.length + 8

export function packIndex({
  lines,
  findings,
  header,
}: {
  lines: Lines
  findings: ArchiveFinding[]
  header: ArchiveHeader | undefined
}): BuiltIndex {
  const { count, offsets, facts, operations } = lines
  let slots = 16
  while (slots < count * 2) slots *= 2
  const body = Buffer.alloc(slots * SLOT_BYTES + count * RECORD_BYTES)
  const table = new Uint32Array(body.buffer, body.byteOffset, slots * (SLOT_BYTES / 4))
  const records = new Uint32Array(
    body.buffer,
    body.byteOffset + slots * SLOT_BYTES,
    count * (RECORD_BYTES / 4),
  )
  const places = new Float64Array(
    body.buffer,
    body.byteOffset + slots * SLOT_BYTES,
    count * (RECORD_BYTES / 8),
  )
  for (let line = count - 1; line >= 0; line--) {
    // from the last on, so that a chain begins with its first
    const from = line * 6
    const [high, low] = [facts[from + 1] ?? 0, facts[from + 2] ?? 0]
    const slot = findSlot(table, slots, high, low)
    const at = line * (RECORD_BYTES / 4)
    places[line * (RECORD_BYTES / 8)] = offsets[line] ?? 0
    records[at + 2] = facts[from] ?? 0
    records[at + 3] = table[slot + 2] ?? 0
    records[at + 4] = facts[from + 3] ?? 0
    records[at + 5] = facts[from + 4] ?? 0
    records[at + 6] = facts[from + 5] ?? 0
    table[slot] = high
    table[slot + 1] = low
    table[slot + 2] = line + 1
  }
  const head = {
    count,
    slots,
    operations,
    redactedBy: header?.provenance['redaction'],
    hasKeys: header !== undefined,
    findings,
  }
  return { head, body }
}

function findSlot(table: Uint32Array, slots: number, high: number, low: number): number {
  for (let slot = (high & (slots - 1)) >>> 0; ; slot = (slot + 1) & (slots - 1)) {
    const at = slot * (SLOT_BYTES / 4)
    if (table[at + 2] === 0 || (table[at] === high && table[at + 1] === low)) return at
  }
}

/** The bytes of an index file, but for its body; `stamp` says of what state of what file, under what rules it is. */
function formatHead(head: IndexHead, stamp: string): Buffer {
  const text = Buffer.from(JSON.stringify({ stamp, endian: ENDIAN, head }))
  const padded = Buffer.concat([
    text,
    Buffer.alloc(alignedEnd(text.length) - HEAD_AT - text.length, ' '),
  ])
  const begin = Buffer.alloc(HEAD_AT)
  begin.write(MAGIC, 'latin1')
  begin.writeUInt32LE(padded.length, MAGIC.length)
  begin.writeUInt32LE(zlib.crc32(padded), MAGIC.length + 4)
  return Buffer.concat([begin, padded])
}

function alignedEnd(length: number): number {
  return Math.ceil((HEAD_AT + length) / 16) * 16
}

const ENDIAN = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 'little' : 'big'

/** Reads an index file's head; `undefined` for one that is damaged, of another file, state or rules, or cut off. Gives where its body begins. */
function readHead(
  readAt: (offset: number, length: number) => Buffer,
  size: number,
  stamp: string,
): { head: IndexHead; bodyAt: number } | undefined {
  const begin = readAt(0, HEAD_AT)
  if (begin.length < HEAD_AT || begin.toString('latin1', 0, MAGIC.length) !== MAGIC)
    return undefined
  const length = begin.readUInt32LE(MAGIC.length)
  if (length > size) return undefined
  const text = readAt(HEAD_AT, length)
  if (zlib.crc32(text) !== begin.readUInt32LE(MAGIC.length + 4)) return undefined
  const value: unknown = JSON.parse(text.toString())
  if (!isObject(value) || value['stamp'] !== stamp || value['endian'] !== ENDIAN) return undefined
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its sum says that it is what was written
  const head = value['head'] as IndexHead
  const bodyAt = HEAD_AT + length
  return bodyAt + head.slots * SLOT_BYTES + head.count * RECORD_BYTES === size
    ? { head, bodyAt }
    : undefined
}
