import { closeSync, fstatSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs'

import type { Content } from './content.ts'
import { readHex, shortenDigest } from './format.ts'
import {
  type BuiltIndex,
  formatHead,
  type IndexHead,
  readHead,
  RECORD_BYTES,
  SLOT_BYTES,
} from './layout.ts'

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
