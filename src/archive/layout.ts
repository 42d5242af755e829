import * as zlib from 'node:zlib' // not by name: Node.js 20 lacks some of them, and is to report which version is needed

import { isObject } from '../protocol/index.ts'
import type { ArchiveFinding } from './finding.ts'
import type { ArchiveHeader } from './format.ts'
import type { Lines } from './line-table.ts'

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
export const SLOT_BYTES = 16
/** Offset (8), length, next line with the same key from 1, operation, invocation high and low. */
export const RECORD_BYTES = 32

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
export function formatHead(head: IndexHead, stamp: string): Buffer {
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
export function readHead(
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
