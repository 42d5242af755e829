import { describeReason } from '../message/index.ts'
import { parseBody } from '../protocol/index.ts'
import type { Content } from './content.ts'
import {
  type ArchiveFinding,
  type ArchiveHeader,
  hasLineHead,
  isLineWhole,
  MAX_LINE_BYTES,
  parseLine,
  readHeader,
  readHex,
  shortenDigest,
} from './format.ts'
import { type BuiltIndex, packIndex } from './index-file.ts'
import { Lines } from './line-table.ts'

/** What is derived from an exchange, to find it without reading it again. */
export interface Derived {
  operation: string
  invocation: string | undefined
  /** In base64. */
  digest: string
}

export interface Building {
  /** By what rules keys are made now. */
  keys: string
  /** Throws for what is no exchange. */
  derive(exchange: unknown, redactedBy: unknown): Derived
  onProgress?: ((done: number, total: number) => void) | undefined
}

const MOST_FINDINGS = 1000

/**
 * Reads an archive whole, once, and makes its index. Where keys stand in its lines and were made by the rules of now, nothing is parsed; otherwise
 * each line is.
 */
export function buildIndex(content: Content, building: Building): BuiltIndex {
  const lines = new Lines()
  const findings: ArchiveFinding[] = [...content.findings]
  let header: ArchiveHeader | undefined
  const add = (finding: ArchiveFinding) =>
    void (findings.length < MOST_FINDINGS ? findings.push(finding) : undefined)
  const see: SeeLine = (bytes, start, end, offset, line) => {
    if (line === 1 && (header = readFirst(bytes.subarray(start, end)))) return
    const isKeyed = header?.keys === building.keys && hasLineHead(bytes, start, end)
    if (!isKeyed || !lines.addKeyed(bytes, start, end, offset))
      addParsed(bytes.subarray(start, end), { offset, length: end - start }, line)
  }
  const addParsed = (bytes: Buffer, place: { offset: number; length: number }, line: number) => {
    try {
      if (hasLineHead(bytes, 0, bytes.length) && !isLineWhole(bytes))
        throw new Error('it is not what it was when it was written')
      const { operation, invocation, digest } = building.derive(
        parseLine(bytes),
        header?.provenance['redaction'],
      )
      const key = Buffer.from(shortenDigest(digest))
      lines.note({ ...place, high: readHex(key, 0), low: readHex(key, 8) }, operation, invocation)
    } catch (error) {
      const reason = describeReason(error)
      add({
        rule: 'archive.line',
        line,
        offset: place.offset,
        message: `the line is no exchange: ${reason}`,
      })
    }
  }
  const found = scanLines(content, see, building.onProgress)
  return packIndex({ lines, findings: [...findings, ...found], header })
}

function readFirst(bytes: Buffer): ArchiveHeader | undefined {
  try {
    return readHeader(parseBody(bytes, MAX_LINE_BYTES))
  } catch {
    return undefined
  }
}

const BLOCK_BYTES = 4 * 1024 * 1024
const LINE_FEED = 10

/** One line: `bytes[start..end)`, which lies at `offset` of the content. The bytes are valid until the next line is asked for. */
export type SeeLine = (
  bytes: Buffer,
  start: number,
  end: number,
  offset: number,
  line: number,
) => void

/** Goes through all lines in blocks; a line that is cut off at the end, or too long, is a finding, and so is a frame that cannot be read. */
function scanLines(
  content: Content,
  see: SeeLine,
  onProgress?: (done: number, total: number) => void,
): ArchiveFinding[] {
  const findings: ArchiveFinding[] = []
  let bytes = Buffer.allocUnsafe(BLOCK_BYTES)
  /** How many bytes of a line that goes on stand at the beginning of `bytes`. */
  let rest = 0
  let line = 1
  let isSkipping = false
  let done = 0
  while (done < content.size) {
    const count = readBlock(content, bytes, rest, done, findings)
    if (count === 0) {
      done = content.findNextPart(done)
      rest = 0
      continue
    }
    const base = done - rest
    const filled = bytes.subarray(0, rest + count)
    let start = 0
    for (
      let end = filled.indexOf(LINE_FEED, rest);
      end >= 0;
      end = filled.indexOf(LINE_FEED, start)
    ) {
      if (isSkipping) isSkipping = false
      else if (end > start) see(filled, start, end, base + start, line)
      start = end + 1
      line++
    }
    done += count
    rest = filled.length - start
    if (rest > MAX_LINE_BYTES) {
      if (!isSkipping) findings.push(describeLong(line, base + start))
      isSkipping = true
      rest = 0
    } else if (rest * 2 > bytes.length)
      bytes = Buffer.concat([filled.subarray(start)], bytes.length * 2)
    else bytes.copyWithin(0, start, filled.length)
    onProgress?.(done, content.size)
  }
  if (rest > 0 && !isSkipping) {
    const message = `the last line has no end; its ${rest} bytes are left out`
    findings.push({ rule: 'archive.cut', line, offset: content.size - rest, message })
  }
  return findings
}

function describeLong(line: number, offset: number): ArchiveFinding {
  return {
    rule: 'archive.line',
    line,
    offset,
    message: `the line has more than ${MAX_LINE_BYTES} bytes; it is left out`,
  }
}

function readBlock(
  content: Content,
  target: Buffer,
  at: number,
  offset: number,
  findings: ArchiveFinding[],
): number {
  try {
    return content.readInto(target, at, offset)
  } catch (error) {
    const reason = describeReason(error)
    findings.push({
      rule: 'archive.frame',
      offset,
      message: `the part that begins here cannot be read: ${reason}`,
    })
    return 0
  }
}
