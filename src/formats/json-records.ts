/** The records of JSON that is too large, or too damaged, to be parsed as one: `{"Records": [...]}`, a list, or one object after the other. */
import { describeReason } from '../message/index.ts'
import { parseBody } from '../protocol/index.ts'
import type { ImportSource, TellFinding } from './imported.ts'
import { describeTooLarge, MAX_RECORD_BYTES, readToEnd } from './lines.ts'

/** A record and the line that it begins in, from 1. */
export interface JsonRecord {
  value: unknown
  line: number
  /** For messages: which record of its line it is, where there are more; otherwise empty. */
  place: string
  /** The same value with the digits of each number, where parsing at once may have lost some. */
  readExactly(): unknown
}

/** What is parsed as one: more goes record by record. */
const MAX_WHOLE_BYTES = 64 * 1024 * 1024

/**
 * Reads the records of a source. A whole document is parsed at once, which is fastest; one that breaks off or is broken gives the records that are
 * whole, and the rest is told with its line.
 */
export async function* readJsonRecords(
  source: ImportSource,
  tell: TellFinding,
): AsyncGenerator<JsonRecord> {
  const pieces: Uint8Array[] = []
  let bytes = 0
  let isCut = false
  const stream = readToEnd(
    source,
    (finding) => ((isCut = true), tell(finding)),
    () => undefined,
  )
  for (let next = await stream.next(); !next.done; next = await stream.next()) {
    pieces.push(next.value)
    bytes += next.value.length
    if (bytes > MAX_WHOLE_BYTES) break // not by for await, which would close the stream
  }
  const whole = bytes <= MAX_WHOLE_BYTES && !isCut ? Buffer.concat(pieces) : undefined
  const values = whole && isOneLine(whole) ? parseWhole(whole) : undefined
  if (whole && values) {
    yield* describeRecords(values, whole)
    return
  }
  const splitter = createSplitter(tell)
  for (const piece of pieces) yield* splitter.split(piece)
  pieces.length = 0
  for await (const chunk of stream) yield* splitter.split(chunk)
  splitter.end()
}

/** As CloudTrail and most programs write: the place of a record is its number then, and otherwise its line. */
function isOneLine(bytes: Buffer): boolean {
  const end = bytes.indexOf(LINE_FEED)
  return end === -1 || end === bytes.length - 1
}

function* describeRecords(values: readonly unknown[], whole: Buffer): Generator<JsonRecord> {
  let exact: readonly unknown[] | undefined
  for (const [index, value] of values.entries()) {
    yield {
      value,
      line: 1,
      place: values.length > 1 ? `record ${index + 1}: ` : '',
      readExactly: () => (exact ??= parseExactly(whole) ?? values)[index],
    }
  }
}

function parseExactly(whole: Buffer): readonly unknown[] | undefined {
  try {
    return listRecords(parseBody(whole, MAX_WHOLE_BYTES))
  } catch {
    return undefined
  }
}

/** `undefined` where the document is none. */
function parseWhole(bytes: Buffer): readonly unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'))
    return listRecords(value)
  } catch {
    return undefined
  }
}

function listRecords(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value
  const records: unknown =
    typeof value === 'object' && value !== null ? Reflect.get(value, 'Records') : undefined
  return Array.isArray(records) ? records : [value]
}

const [QUOTE, BACKSLASH, OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET, LINE_FEED] = [
  0x22, 0x5c, 0x7b, 0x7d, 0x5b, 0x5d, 0x0a,
]

/** Finds records by their braces, byte by byte. */
function createSplitter(tell: TellFinding) {
  let line = 1
  let depth = 0
  /** Records begin at this depth: inside `{"Records": [`, inside a list, or outside of everything. */
  let recordDepth: number | undefined
  let head = ''
  let isInText = false
  let isEscaped = false
  let begun: { line: number; pieces: Uint8Array[]; bytes: number } | undefined

  function* split(chunk: Uint8Array): Generator<JsonRecord> {
    let start = 0
    for (let index = 0; index < chunk.length; index++) {
      const byte = chunk[index] ?? 0
      if (byte === LINE_FEED) line += 1
      if (isInText) {
        if (isEscaped) isEscaped = false
        else if (byte === BACKSLASH) isEscaped = true
        else if (byte === QUOTE) isInText = false
      } else if (byte === QUOTE) isInText = true
      else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
        if (recordDepth === undefined) {
          recordDepth = decideDepth(byte, depth)
          if (recordDepth === 2) begun = undefined // what began was no record, but what holds them
        }
        if (byte === OPEN_BRACE && depth === (recordDepth ?? 0)) {
          begun = { line, pieces: [], bytes: 0 }
          start = index
        }
        depth += 1
      } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
        depth -= 1
        if (begun && depth === (recordDepth ?? 0)) {
          keep(chunk.subarray(start, index + 1))
          const record = finish()
          if (record) yield record
        }
      }
      if (recordDepth === undefined && head.length < 40) head += String.fromCharCode(byte)
    }
    if (begun) keep(chunk.subarray(start))
  }

  /** The first bytes tell: a list, a list named Records, or records themselves. */
  function decideDepth(byte: number, at: number): number | undefined {
    if (at === 0) return byte === OPEN_BRACKET ? 1 : undefined
    return at === 1 &&
      byte === OPEN_BRACKET &&
      /^\s*\{\s*"Records"\s*:\s*$/.test(head.replace('\u00ef\u00bb\u00bf', ''))
      ? 2
      : 0
  }

  function keep(piece: Uint8Array): void {
    if (!begun) return
    begun.bytes += piece.length
    if (begun.bytes <= MAX_RECORD_BYTES) begun.pieces.push(piece)
    else begun.pieces = []
  }

  function finish(): JsonRecord | undefined {
    const record = begun
    begun = undefined
    if (!record) return undefined
    if (record.bytes > MAX_RECORD_BYTES) {
      tell(describeTooLarge(record.line, record.bytes))
      return undefined
    }
    try {
      const value = parseBody(Buffer.concat(record.pieces), MAX_RECORD_BYTES)
      return { value, line: record.line, place: '', readExactly: () => value }
    } catch (error) {
      tell({
        line: record.line,
        rule: 'import.record',
        severity: 'error',
        message: describeReason(error),
      })
      return undefined
    }
  }

  return {
    split,
    end() {
      if (begun)
        tell({
          line: begun.line,
          rule: 'import.cut',
          severity: 'error',
          message: 'the last record is cut off',
        })
    },
  }
}
