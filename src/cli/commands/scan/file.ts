import { HarnessError } from '../../../message/index.ts'
import { MAX_DEPTH, measureDepth } from '../../../protocol/index.ts'
import {
  scanRecording,
  scanText,
  type FoundSecret,
  type Projected,
  projectTexts,
  readBytes,
} from '../../../redaction/index.ts'
import { MAX_RECORDING_BYTES, parseRecording } from '../../../recording/index.ts'
import { createLineSplitter, type Line } from '../../input/lines.ts'
import { joinChunks, readChunks, readHead } from './inputs.ts'

/** A secret in a file. `exchange` counts from 1 in a recording, `line` from 1 in a text; the value is never told. */
export interface ScanFinding {
  file: string
  exchange?: number
  line?: number
  pointer?: string
  kind: string
}

/** Where findings go as they come, and what could not be looked at. */
export interface ScanReport {
  add(finding: ScanFinding): void
  /** A part of the file was not searched. */
  miss(file: string, reason: string): void
}

/** JSON that is no recording is taken apart whole: its texts take twenty times its room. */
const MOST_JSON_BYTES = 16 * 1024 * 1024
const MOST_BINARY_BYTES = 4 * 1024 * 1024
const MOST_LINE_BYTES = 4 * 1024 * 1024

/**
 * Searches a file, or `-` for standard input: a recording by its exchanges, other JSON by its members, other text by its lines, whatever its
 * size; a small file that is no text by the texts in it. Throws when the file cannot be read, `too-large` for a large one that is no text.
 */
export async function scanFile(file: string, report: ScanReport): Promise<void> {
  const chunks = readChunks(file)
  const head = await readHead(chunks, 8000)
  if (head.subarray(0, 8000).includes(0))
    return await scanBinary(file, joinChunks(head, chunks), report)
  if (!/^\ufeff?\s*[[{]/.test(head.toString('utf8')))
    return await scanLines(file, joinChunks(head, chunks), report)
  const { bytes, rest } = await readSome(joinChunks(head, chunks), MAX_RECORDING_BYTES)
  const found = rest ? undefined : await findInDocument(bytes)
  if (!found) return await scanLines(file, joinChunks(bytes, chunks), report)
  for (const leak of found) report.add({ file, ...readPlace(leak) })
}

/** What a JSON document holds; `undefined` for what has to be read line by line. */
async function findInDocument(
  bytes: Buffer,
): Promise<(FoundSecret | Omit<FoundSecret, 'exchange'>)[] | undefined> {
  const text = bytes.toString('utf8').replace(/^\ufeff/, '')
  const value = readJson(text)
  if (value === undefined) return undefined
  const recording = readRecording(text)
  if (recording) return await scanRecording(recording)
  return bytes.length > MOST_JSON_BYTES ? undefined : await scanText(projectTexts(value))
}

function readPlace(leak: FoundSecret | Omit<FoundSecret, 'exchange'>): Omit<ScanFinding, 'file'> {
  const { pointer, kind } = leak
  return 'exchange' in leak && leak.exchange > 0
    ? { exchange: leak.exchange, pointer, kind }
    : { pointer, kind }
}

async function scanBinary(
  file: string,
  chunks: AsyncGenerator<Buffer>,
  report: ScanReport,
): Promise<void> {
  const { bytes, rest } = await readSome(chunks, MOST_BINARY_BYTES)
  if (rest)
    throw new HarnessError(
      'too-large',
      `it is no text, and has more than ${MOST_BINARY_BYTES} bytes`,
    )
  const [leak] = await scanText(readBytes(bytes).flatMap(projectTexts))
  if (leak) report.add({ file, kind: leak.kind })
}

/** Up to so many bytes; `rest` says that there are more. */
async function readSome(
  chunks: AsyncGenerator<Buffer>,
  most: number,
): Promise<{ bytes: Buffer; rest: boolean }> {
  const pieces: Buffer[] = []
  let size = 0
  for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) {
    pieces.push(next.value)
    size += next.value.length
    if (size > most) return { bytes: Buffer.concat(pieces), rest: true }
  }
  return { bytes: Buffer.concat(pieces), rest: false }
}

/** So many characters are looked at together. */
const MOST_AT_ONCE = 1_000_000

/** Text by its lines; a line that is JSON by its members too, as in a journal or a log. */
async function scanLines(
  file: string,
  chunks: AsyncIterable<Buffer>,
  report: ScanReport,
): Promise<void> {
  const splitter = createLineSplitter(MOST_LINE_BYTES)
  const projectPair = createPairWatch()
  let texts: Projected[] = []
  let size = 0
  const look = async () => {
    for (const { pointer, kind } of await scanText(texts)) {
      const space = pointer.indexOf(' ')
      const place = pointer.slice(space + 1)
      report.add({
        file,
        line: Number(pointer.slice(0, space)),
        ...(place === '' ? {} : { pointer: place }),
        kind,
      })
    }
    texts = []
    size = 0
  }
  const take = async ({ line, bytes }: Line) => {
    if (!bytes) return report.miss(file, `line ${line} has more than ${MOST_LINE_BYTES} bytes`)
    const text = bytes.toString('utf8')
    for (const projected of [...projectLine(text), ...projectPair(text)]) {
      texts.push({ ...projected, pointer: `${line} ${projected.pointer}` })
      size += projected.text.length
    }
    if (size > MOST_AT_ONCE) await look()
  }
  for await (const chunk of chunks) for (const line of splitter.push(chunk)) await take(line)
  for (const line of splitter.end()) await take(line)
  await look()
}

function projectLine(line: string): Projected[] {
  const value = readJson(line)
  return projectTexts(value === undefined ? line : value)
}

/** A name and its value in two lines that follow each other, as in a recording that was cut in half. */
function createPairWatch(): (line: string) => Projected[] {
  let name: string | undefined
  return (line) => {
    const value = /^\s*"value"\s*:\s*"([^"\\]+)"/i.exec(line)?.[1]
    const before = name
    name = /^\s*"(?:name|key)"\s*:\s*"([^"\\]+)"/i.exec(line)?.[1]
    return before === undefined || value === undefined
      ? []
      : [{ pointer: '', text: `${before}=${value}` }]
  }
}

function readJson(text: string): unknown {
  if (!/^\s*[[{]/.test(text) || measureDepth(text) > MAX_DEPTH) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch {
    return undefined
  }
}

function readRecording(text: string) {
  try {
    return parseRecording(text)
  } catch {
    return undefined
  }
}
