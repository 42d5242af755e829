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
  readKeyHigh,
  readKeyLow,
  REST_AT,
  shortenDigest,
} from './format.ts'
import { type BuiltIndex, packIndex } from './index-file.ts'

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
export function scanLines(
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

const [QUOTE, BACKSLASH] = [0x22, 0x5c]

/** Where a line lies, and its key. */
interface LinePlace {
  offset: number
  length: number
  high: number
  low: number
}

const OPERATION = Buffer.from('"operation":"')
const INVOCATION = Buffer.from('","invocation":"')

/** Facts of lines in columns: a million objects would take half a gigabyte. */
export class Lines {
  count = 0
  readonly operations: string[] = []
  offsets = new Float64Array(1024)
  /** Six numbers a line: length, high, low, operation, invocation high and low. */
  facts = new Uint32Array(1024 * 6)
  #latest: Buffer = Buffer.alloc(0)
  #latestIndex = 0
  readonly #numbers = new Map<string, number>()
  #invocationHigh = 0
  #invocationLow = 0

  /** As numbers rather than objects: a million lines are added within a second. */
  #add(offset: number, length: number, high: number, low: number, operation: number): void {
    if (this.count === this.offsets.length) this.#grow()
    this.offsets[this.count] = offset
    const at = this.count * 6
    const { facts } = this
    facts[at] = length
    facts[at + 1] = high
    facts[at + 2] = low
    facts[at + 3] = operation
    facts[at + 4] = this.#invocationHigh
    facts[at + 5] = this.#invocationLow
    this.count++
  }

  #grow(): void {
    const [offsets, facts] = [new Float64Array(this.count * 2), new Uint32Array(this.count * 12)]
    offsets.set(this.offsets)
    facts.set(this.facts)
    this.offsets = offsets
    this.facts = facts
  }

  /** Adds a line of ours by what stands at its beginning, without parsing it; says whether it is one. */
  addKeyed(bytes: Buffer, start: number, end: number, offset: number): boolean {
    const [high, low] = [readKeyHigh(bytes, start), readKeyLow(bytes, start)]
    const at = start + REST_AT
    if (high < 0 || low < 0 || !startsWith(bytes, at, OPERATION)) return false
    const nameStart = at + OPERATION.length
    const nameEnd = findQuote(bytes, nameStart, end)
    if (nameEnd < 0) return false
    const operation = this.#readOperation(bytes, nameStart, nameEnd)
    this.#invocationHigh = this.#invocationLow = 0
    if (startsWith(bytes, nameEnd, INVOCATION)) {
      const invocationStart = nameEnd + INVOCATION.length
      const invocationEnd = findQuote(bytes, invocationStart, end)
      if (invocationEnd < 0) return false
      this.#mix(bytes, invocationStart, invocationEnd)
    }
    this.#add(offset, end - start, high, low, operation)
    return true
  }

  /** Adds a line that was parsed. */
  note(
    { offset, length, high, low }: LinePlace,
    operation: string,
    invocation: string | undefined,
  ): void {
    this.#invocationHigh = this.#invocationLow = 0
    const name = Buffer.from(invocation ?? '')
    if (invocation !== undefined) this.#mix(name, 0, name.length)
    this.#add(offset, length, high, low, this.#number(operation))
  }

  #readOperation(bytes: Buffer, start: number, end: number): number {
    if (end - start === this.#latest.length && startsWith(bytes, start, this.#latest))
      return this.#latestIndex
    this.#latest = Buffer.from(bytes.subarray(start, end))
    this.#latestIndex = this.#number(this.#latest.toString())
    return this.#latestIndex
  }

  #number(operation: string): number {
    const known = this.#numbers.get(operation) ?? this.operations.length
    if (known === this.operations.length) {
      this.operations.push(operation)
      this.#numbers.set(operation, known)
    }
    return known
  }

  /** 64 bits of a name, by two sums of the kind of FNV-1a; never both zero. */
  #mix(bytes: Buffer, start: number, end: number): void {
    let [high, low] = [0x811c9dc5, 0x01234567]
    for (let index = start; index < end; index++) {
      const byte = bytes[index] ?? 0
      high = Math.imul(high ^ byte, 0x01000193)
      low = Math.imul(low ^ (byte + index - start), 0x85ebca6b)
      low ^= low >>> 13
    }
    this.#invocationHigh = high >>> 0
    this.#invocationLow = ((low >>> 0) | 1) >>> 0
  }
}

function startsWith(bytes: Buffer, at: number, expected: Buffer): boolean {
  for (let index = 0; index < expected.length; index++)
    if (bytes[at + index] !== expected[index]) return false
  return true
}

/** The quote that ends a text without escapes; -1 where an escape comes first. */
function findQuote(bytes: Buffer, start: number, end: number): number {
  for (let index = start; index < end; index++) {
    if (bytes[index] === QUOTE) return index
    if (bytes[index] === BACKSLASH) return -1
  }
  return -1
}
