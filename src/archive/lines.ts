import { describeReason, isHarnessError } from '../message/index.ts'
import { type Exchange, isObject, parseBody } from '../protocol/index.ts'
import { parseExchangeValue } from '../recording/index.ts'
import { readContent } from './compression.ts'
import {
  type ArchiveFinding,
  type ArchiveHeader,
  MAX_LINE_BYTES,
  readHeader,
  stripLine,
} from './format.ts'

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
      const reason = describeReason(error)
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
    const reason = describeReason(error)
    tell({ rule: 'archive.cut', line, offset, message: `what follows cannot be read: ${reason}` })
  }
}
