import { closeSync, createReadStream, fstatSync, openSync, readSync } from 'node:fs'
import * as zlib from 'node:zlib' // not by name: Node.js 20 lacks some of them, and is to report which version is needed
import { pipeline, type Readable } from 'node:stream'
import { HarnessError } from '../message/index.ts'

/**
 * Zstandard in frames that can be read each by itself, with a table of them at the end, as facebook/zstd
 * contrib/seekable_format/zstd_seekable_compression_format.md has it: any zstd program reads such a file. Frames: RFC 8878, section 3.1.
 */

/** Where a frame lies in the file, and what of the content is in it. Bytes. */
export interface Frame {
  start: number
  end: number
  contentStart: number
  contentEnd: number
}

const FRAME_MAGIC = 0xfd2fb528
const SKIPPABLE_MAGIC = 0x184d2a5e
const TABLE_MAGIC = 0x8f92eab1
const FOOTER_BYTES = 9
const ENTRY_BYTES = 8
const LARGEST_FRAME = 64 * 1024 * 1024

export function isZstd(begin: Uint8Array): boolean {
  return (
    begin.length >= 4 &&
    Buffer.from(begin.buffer, begin.byteOffset, 4).readUInt32LE() === FRAME_MAGIC
  )
}

export function compressFrame(content: Uint8Array): Buffer {
  const { constants, zstdCompressSync } = zlib
  return zstdCompressSync(content, { params: { [constants.ZSTD_c_checksumFlag]: 1 } })
}

/** Throws where the frame is damaged, or holds more than it is said to. */
export function expandFrame(frame: Uint8Array, { contentStart, contentEnd }: Frame): Buffer {
  const length = contentEnd - contentStart
  if (length > LARGEST_FRAME)
    throw new Error(`the frame holds ${length} bytes; more than ${LARGEST_FRAME} are not read`)
  const content = zlib.zstdDecompressSync(frame, { maxOutputLength: Math.max(1, length) })
  if (content.length !== length)
    throw new Error(`the frame holds ${content.length} bytes where ${length} should be`)
  return content
}

/** The table that closes a file of frames. */
export function formatSeekTable(
  frames: readonly { compressed: number; content: number }[],
): Buffer {
  const size = frames.length * ENTRY_BYTES + FOOTER_BYTES
  const table = Buffer.alloc(8 + size)
  table.writeUInt32LE(SKIPPABLE_MAGIC, 0)
  table.writeUInt32LE(size, 4)
  for (const [index, { compressed, content }] of frames.entries()) {
    table.writeUInt32LE(compressed, 8 + index * ENTRY_BYTES)
    table.writeUInt32LE(content, 12 + index * ENTRY_BYTES)
  }
  table.writeUInt32LE(frames.length, 8 + frames.length * ENTRY_BYTES)
  table.writeUInt8(0, 12 + frames.length * ENTRY_BYTES)
  table.writeUInt32LE(TABLE_MAGIC, 13 + frames.length * ENTRY_BYTES)
  return table
}

/** Reads bytes of the file; fewer at its end. */
type ReadAt = (offset: number, length: number) => Buffer

/** The frames by the table at the end; `undefined` where there is none, or one that does not fit the file. */
export function readSeekTable(readAt: ReadAt, size: number): Frame[] | undefined {
  if (size < FOOTER_BYTES + 8) return undefined
  const footer = readAt(size - FOOTER_BYTES, FOOTER_BYTES)
  if (footer.length < FOOTER_BYTES || footer.readUInt32LE(5) !== TABLE_MAGIC) return undefined
  const count = footer.readUInt32LE(0)
  const entryBytes = (footer.readUInt8(4) & 0x80) === 0 ? ENTRY_BYTES : ENTRY_BYTES + 4
  const tableStart = size - FOOTER_BYTES - count * entryBytes - 8
  if (tableStart < 0) return undefined
  const table = readAt(tableStart, size - tableStart)
  if (table.readUInt32LE(0) !== SKIPPABLE_MAGIC || table.readUInt32LE(4) !== table.length - 8)
    return undefined
  const frames: Frame[] = []
  let [start, contentStart] = [0, 0]
  for (let index = 0; index < count; index++) {
    const end = start + table.readUInt32LE(8 + index * entryBytes)
    const contentEnd = contentStart + table.readUInt32LE(12 + index * entryBytes)
    frames.push({ start, end, contentStart, contentEnd })
    ;[start, contentStart] = [end, contentEnd]
  }
  return start === tableStart ? frames : undefined
}

/** What a walk from frame to frame found: those that are whole, and where something else begins. */
export interface Walked {
  frames: Frame[]
  /** The first byte that belongs to no whole frame; the file's size where all do. */
  end: number
}

/** Finds frames by their headers and blocks, where a table is missing. Each is expanded once, to know how much is in it. */
export function walkFrames(readAt: ReadAt, size: number): Walked {
  const frames: Frame[] = []
  let [at, contentStart] = [0, 0]
  while (at < size) {
    const end = findFrameEnd(readAt, at, size)
    if (end === undefined) return { frames, end: at }
    const bytes = readAt(at, end - at)
    if (!isZstd(bytes)) {
      at = end // a skippable frame
      continue
    }
    try {
      const contentEnd =
        contentStart + zlib.zstdDecompressSync(bytes, { maxOutputLength: LARGEST_FRAME }).length
      frames.push({ start: at, end, contentStart, contentEnd })
      contentStart = contentEnd
    } catch {
      return { frames, end: at }
    }
    at = end
  }
  return { frames, end: at }
}

/** Frames with content, one after the other, as far as they are whole; the last one may be cut, and is given as far as it goes. */
function* listFrameRanges(readAt: ReadAt, size: number): Generator<{ start: number; end: number }> {
  for (let at = 0; at < size;) {
    const end = findFrameEnd(readAt, at, size) ?? size
    if (isZstd(readAt(at, 4))) yield { start: at, end }
    at = end
  }
}

function findFrameEnd(readAt: ReadAt, start: number, size: number): number | undefined {
  const head = readAt(start, 18)
  if (head.length < 8) return undefined
  const magic = head.readUInt32LE(0)
  if (magic >>> 4 === 0x184d2a5) return within(start + 8 + head.readUInt32LE(4), size)
  if (magic !== FRAME_MAGIC) return undefined
  const descriptor = head.readUInt8(4)
  const isSingle = (descriptor & 0x20) !== 0
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3] ?? 0
  const contentBytes = [isSingle ? 1 : 0, 2, 4, 8][descriptor >>> 6] ?? 0
  let at = start + 5 + (isSingle ? 0 : 1) + dictionaryBytes + contentBytes
  for (let isLast = false; !isLast;) {
    const block = readAt(at, 3)
    if (block.length < 3) return undefined
    const told = block.readUIntLE(0, 3)
    isLast = (told & 1) === 1
    const isRun = ((told >>> 1) & 3) === 1 // one byte stands for all of its block
    at += 3 + (isRun ? 1 : told >>> 3)
  }
  return within(at + ((descriptor & 4) === 0 ? 0 : 4), size)
}

function within(end: number, size: number): number | undefined {
  return end <= size ? end : undefined
}

/** The bytes of a file from its beginning to its end, unpacked where it is gzip or zstd. Throws `not-found`, and what unpacking throws where it is cut off. */
export async function* readUnpacked(path: string): AsyncGenerator<Buffer> {
  yield* readContent(path, { read: 0, total: 0 })
}

/** So much of gzip is read and unpacked at once: each piece is a turn of the event loop. */
const PIECE_BYTES = 1024 * 1024

/** Reads as {@link readUnpacked} does, and counts the bytes of the file that were read. */
export async function* readContent(
  path: string,
  progress: { read: number; total: number },
): AsyncGenerator<Buffer> {
  const { begin, size, frames } = lookAt(path)
  progress.total = size
  const open = (start: number, end: number): Readable => {
    const stream = createReadStream(path, { start, end: end - 1 })
    stream.on('data', (chunk) => void (progress.read += chunk.length))
    return stream
  }
  if (frames === undefined) {
    const isGzip = begin[0] === 0x1f && begin[1] === 0x8b
    const file = isGzip
      ? createReadStream(path, { highWaterMark: PIECE_BYTES })
      : createReadStream(path)
    file.on('data', (chunk) => void (progress.read += chunk.length))
    yield* isGzip ? pipeline(file, zlib.createGunzip({ chunkSize: PIECE_BYTES }), () => {}) : file
    return
  }
  for (const { start, end } of frames)
    yield* pipeline(open(start, end), zlib.createZstdDecompress(), () => {})
}

function lookAt(path: string): {
  begin: Buffer
  size: number
  frames: { start: number; end: number }[] | undefined
} {
  let file: number
  try {
    file = openSync(path, 'r')
  } catch (error) {
    throw new HarnessError('not-found', `${path} does not exist or cannot be read.`, {
      cause: error,
    })
  }
  try {
    const { size } = fstatSync(file)
    const readAt = (offset: number, length: number) => {
      const bytes = Buffer.allocUnsafe(Math.min(length, Math.max(0, size - offset)))
      return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, offset))
    }
    const begin = readAt(0, 4)
    return { begin, size, frames: isZstd(begin) ? [...listFrameRanges(readAt, size)] : undefined }
  } finally {
    closeSync(file)
  }
}
