import { parseBody } from '../protocol/index.ts'
import type { Content } from './content.ts'
import type { ArchiveFinding } from './finding.ts'
import {
  type ArchiveHeader,
  hasLineHead,
  isLineWhole,
  MAX_LINE_BYTES,
  parseLine,
  readHeader,
  readHex,
  shortenDigest,
} from './format.ts'
import { type BuiltIndex, packIndex } from './layout.ts'
import { Lines } from './line-table.ts'
import { scanLines, type SeeLine } from './scan.ts'

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
      const reason = error instanceof Error ? error.message : String(error)
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
