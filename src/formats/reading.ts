/** Reading of sources, in whatever format: bytes, lines, one JSON document, or the records of JSON that is too large or too damaged to be parsed as one. */
import { describeReason } from '../message/index.ts'
import { parseBody, readObject } from '../protocol/index.ts'
import type { ImportSource, TellFinding } from './imported.ts'

/** The longest line, or record, that is read. A response of StartTask has some tens of kilobytes. */
export const MAX_RECORD_BYTES = 8 * 1024 * 1024
/** The largest source whose records are parsed at once; a larger one is parsed record by record. */
const MAX_WHOLE_BYTES = 64 * 1024 * 1024
/** The largest document of a format that is one document. */
const MAX_DOCUMENT_BYTES = 256 * 1024 * 1024
const LINE_FEED = 0x0a

/** A record and the line that it begins in, from 1. */
export interface JsonRecord {
  value: unknown
  line: number
  /** For messages: which record of its line it is, where there are more; otherwise empty. */
  place: string
  /** The same value with the digits of each number, where parsing at once may have lost some. */
  readExactly(): unknown
}

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
  const records = readObject(value)['Records']
  return Array.isArray(records) ? records : [value]
}

const [QUOTE, BACKSLASH, OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET] = [
  0x22, 0x5c, 0x7b, 0x7d, 0x5b, 0x5d,
]

/** A record of which the first bytes were read; too large a record has no pieces. */
interface BegunRecord {
  line: number
  pieces: Uint8Array[]
  bytes: number
}

/** Creates a splitter that finds records by their braces, byte by byte, so that a record that is damaged or too large costs only itself. */
function createSplitter(tell: TellFinding) {
  let line = 1
  let depth = 0
  /** Records begin at this depth: inside `{"Records": [`, inside a list, or outside of everything. */
  let recordDepth: number | undefined
  let head = ''
  let isInText = false
  let isEscaped = false
  let begun: BegunRecord | undefined

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
    return record && parseRecord(record, tell)
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

function parseRecord(
  { line, pieces, bytes }: BegunRecord,
  tell: TellFinding,
): JsonRecord | undefined {
  if (bytes > MAX_RECORD_BYTES) {
    tell(describeTooLarge(line, bytes))
    return undefined
  }
  try {
    const value = parseBody(Buffer.concat(pieces), MAX_RECORD_BYTES)
    return { value, line, place: '', readExactly: () => value }
  } catch (error) {
    tell({ line, rule: 'import.record', severity: 'error', message: describeReason(error) })
    return undefined
  }
}

/** A line without its end; `line` counts from 1. */
export interface Line {
  text: string
  line: number
}

/** The lines of a source. One that is too long is told and left out; where the source breaks off, that is told, and what came before is given. */
export async function* readLines(source: ImportSource, tell: TellFinding): AsyncGenerator<Line> {
  let pieces: Uint8Array[] = []
  let bytes = 0
  let line = 1
  const take = (): Line | undefined => {
    const isTooLong = bytes > MAX_RECORD_BYTES
    const text = isTooLong ? '' : Buffer.concat(pieces).toString('utf8').replace(/\r$/, '')
    if (isTooLong) tell(describeTooLarge(line, bytes))
    pieces = []
    bytes = 0
    return isTooLong ? undefined : { text, line }
  }
  for await (const chunk of readToEnd(source, tell, () => line)) {
    let start = 0
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
      bytes += end - start
      if (bytes <= MAX_RECORD_BYTES) pieces.push(chunk.subarray(start, end))
      const taken = take()
      line += 1
      start = end + 1
      if (taken) yield taken
    }
    bytes += chunk.length - start
    if (bytes <= MAX_RECORD_BYTES) pieces.push(chunk.subarray(start))
    else pieces = []
  }
  const last = bytes > 0 ? take() : undefined
  if (last) yield last
}

/** What there is of a source that may break off: a cut gzip stream, a disk that fails. */
export async function* readToEnd(
  source: ImportSource,
  tell: TellFinding,
  line: () => number | undefined,
): AsyncGenerator<Uint8Array> {
  try {
    yield* source.read()
  } catch (error) {
    const at = line()
    const reason = describeReason(error)
    tell({
      ...(at === undefined ? {} : { line: at }),
      rule: 'import.cut',
      severity: 'error',
      message: `what follows cannot be read: ${reason}`,
    })
  }
}

function describeTooLarge(line: number, bytes: number) {
  return {
    line,
    rule: 'import.too-large',
    severity: 'error',
    message: `a record of ${bytes} bytes; more than ${MAX_RECORD_BYTES} are not read`,
  } as const
}

/** A source that is one document; `undefined` for one that is none, or too large, which is told. */
export async function readWholeJson(source: ImportSource, tell: TellFinding): Promise<unknown> {
  const pieces: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of readToEnd(source, tell, () => undefined)) {
    pieces.push(chunk)
    bytes += chunk.length
    if (bytes > MAX_DOCUMENT_BYTES) {
      tell({
        rule: 'import.too-large',
        severity: 'error',
        message: `more than ${MAX_DOCUMENT_BYTES} bytes; it is not read`,
      })
      return undefined
    }
  }
  try {
    const value = parseBody(Buffer.concat(pieces), MAX_DOCUMENT_BYTES)
    if (value === undefined)
      tell({ rule: 'import.record', severity: 'error', message: 'it is empty' })
    return value
  } catch (error) {
    tell({
      rule: 'import.record',
      severity: 'error',
      message: describeReason(error),
    })
    return undefined
  }
}

/** JSON that stands as text in a member of something else; `undefined` for other text. */
export function parseEmbedded(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined
  try {
    return parseBody(text)
  } catch {
    return undefined
  }
}
