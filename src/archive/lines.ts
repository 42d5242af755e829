import { closeSync, createReadStream, fstatSync, openSync, readSync } from 'node:fs'
import { type Readable, pipeline } from 'node:stream'
import * as zlib from 'node:zlib' // not by name: Node.js 20 lacks some of them, and is to report which version is needed

import { HarnessError, isHarnessError } from '../message/index.ts'
import { type Exchange, isObject, parseBody } from '../protocol/index.ts'
import { parseExchangeValue } from '../recording/index.ts'
import type { ArchiveFinding } from './finding.ts'
import { type ArchiveHeader, MAX_LINE_BYTES, readHeader, stripLine } from './format.ts'
import { isZstd, listFrameRanges } from './zstd.ts'

/** What comes out of a file of lines. */
export interface ArchiveLine {
  exchange: Exchange
  /** Bytes of the file that were read so far, and all of them. */
  read: number
  total: number
}

/**
 * Reads a file of lines from its beginning to its end: an archive, or NDJSON of exchanges from elsewhere; plain, gzip, or zstd in however many frames. What is no
 * exchange, or cut off, is told, and the rest is given. Throws `not-found`.
 */
export async function* readArchiveLines(
  path: string,
  tell: (finding: ArchiveFinding) => void,
  onHeader: (header: ArchiveHeader) => void = () => undefined,
): AsyncGenerator<ArchiveLine> {
  const progress = { read: 0, total: 0 }
  for await (const { bytes, line, offset } of splitLines(readContent(path, progress), tell)) {
    if (bytes.length === 0) continue
    try {
      const value = parseBody(bytes, MAX_LINE_BYTES)
      const header = readHeader(value)
      if (header) {
        onHeader(header)
        continue
      }
      if (isObject(value))
        yield { exchange: parseExchangeValue(stripLine(value), path), ...progress }
      else throw new Error('it is no object')
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      tell({ rule: 'archive.line', line, offset, message: `the line is no exchange: ${reason}` })
    }
  }
}

interface Line {
  bytes: Buffer
  line: number
  offset: number
}

async function* splitLines(
  chunks: AsyncIterable<Buffer>,
  tell: (finding: ArchiveFinding) => void,
): AsyncGenerator<Line> {
  let [rest, line, offset] = [Buffer.alloc(0) as Buffer, 1, 0]
  try {
    for await (const chunk of chunks) {
      const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
      let start = 0
      for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
        yield { bytes: bytes.subarray(start, end), line, offset: offset + start }
        start = end + 1
        line++
      }
      offset += start
      rest = bytes.subarray(start)
      if (rest.length > MAX_LINE_BYTES)
        throw new Error(`line ${line} has more than ${MAX_LINE_BYTES} bytes`)
    }
    if (rest.length > 0) yield { bytes: rest, line, offset } // NDJSON from elsewhere may lack the last line feed
  } catch (error) {
    if (isHarnessError(error, 'not-found')) throw error
    const reason = error instanceof Error ? error.message : String(error)
    tell({ rule: 'archive.cut', line, offset, message: `what follows cannot be read: ${reason}` })
  }
}

/** The bytes of a file from its beginning to its end, unpacked where it is gzip or zstd. Throws `not-found`, and what unpacking throws where it is cut off. */
export async function* readUnpacked(path: string): AsyncGenerator<Buffer> {
  yield* readContent(path, { read: 0, total: 0 })
}

/** So much of gzip is read and unpacked at once: each piece is a turn of the event loop. */
const PIECE_BYTES = 1024 * 1024

async function* readContent(
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
