import { createReadStream, lstatSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { createGunzip } from 'node:zlib'
import { isZstd, readUnpacked } from '../../../archive/index.ts'
import { describeReason, HarnessError } from '../../../message/index.ts'

/** Something that was not searched, and why. */
export interface Unread {
  file: string
  reason: string
}

/** What the paths of a search name. */
export interface ScanInputs {
  files: string[]
  unread: Unread[]
  /** How many entries of folders were left alone: other endings, links, pipes. */
  passedOver: number
}

/** What is searched in a folder: data and text, and whatever is hidden (`.env`, what a killed recorder left); not program code. */
const IN_FOLDERS =
  /^\.|\.(?:json|jsonl|ndjson|journal|har|log|txt|tmp|out|gz|zst|csv|xml|html?|ya?ml|env|pem|key)$/i
/** What git and npm keep for themselves. */
const EXTERNAL_MODEL = ['.git', 'node_modules']

/** Lists files as they are named, and those of folders at any depth. A link in a folder is not followed. */
export function listScanInputs(paths: readonly string[]): ScanInputs {
  const inputs: ScanInputs = { files: [], unread: [], passedOver: 0 }
  for (const path of paths) addPath(path, inputs)
  return inputs
}

function addPath(path: string, inputs: ScanInputs): void {
  try {
    if (path === '-') inputs.files.push(path)
    else if (statSync(path).isDirectory()) addFolder(path, inputs)
    else if (statSync(path).isFile()) inputs.files.push(path)
    else inputs.unread.push({ file: path, reason: 'it is no regular file' })
  } catch (error) {
    const isMissing = !lstatSync(path, { throwIfNoEntry: false })
    inputs.unread.push({
      file: path,
      reason: isMissing ? 'there is no such file' : describe(error),
    })
  }
}

function addFolder(folder: string, inputs: ScanInputs): void {
  const entries = listEntries(folder, inputs)
  for (const entry of entries.toSorted((one, other) => (one.name < other.name ? -1 : 1))) {
    const path = join(folder, entry.name)
    if (entry.isFile() && IN_FOLDERS.test(entry.name)) inputs.files.push(path)
    else if (!entry.isDirectory()) inputs.passedOver += 1
    else if (!EXTERNAL_MODEL.includes(entry.name)) addFolder(path, inputs)
  }
}

function listEntries(folder: string, inputs: ScanInputs) {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch (error) {
    inputs.unread.push({ file: folder, reason: describe(error) })
    return []
  }
}

/** The reason of an error, for whoever reads why something was not searched. */
export function describe(error: unknown): string {
  return describeReason(error)
}

/** The most bytes that a packed file may become. */
const MOST_UNPACKED_BYTES = 1024 * 1024 * 1024

/** The bytes of a file or of standard input, unpacked where they begin like gzip or zstd. Throws what reading does, `too-large` for a bomb. */
export async function* readChunks(file: string): AsyncGenerator<Buffer> {
  const source: AsyncIterable<Buffer> = file === '-' ? process.stdin : createReadStream(file)
  const chunks = source[Symbol.asyncIterator]()
  const head = await readHead(chunks, 4)
  const all = joinChunks(head, chunks)
  const isGzip = head[0] === 0x1f && head[1] === 0x8b
  if (!isGzip && (file === '-' || !isZstd(head))) return yield* all
  let size = 0
  for await (const chunk of isGzip ? unpack(all) : readUnpacked(file)) {
    size += chunk.length
    if (size > MOST_UNPACKED_BYTES)
      throw new HarnessError(
        'too-large',
        `it has more than ${MOST_UNPACKED_BYTES} bytes when unpacked`,
      )
    yield chunk
  }
}

/** The first bytes, at least so many where there are so many. */
export async function readHead(chunks: AsyncIterator<Buffer>, least: number): Promise<Buffer> {
  const head: Buffer[] = []
  for (let size = 0; size < least;) {
    const next = await chunks.next()
    if (next.done === true) break
    head.push(next.value)
    size += next.value.length
  }
  return Buffer.concat(head)
}

/** What was taken from the front, and then the rest. */
export async function* joinChunks(
  head: Buffer,
  rest: AsyncIterator<Buffer>,
): AsyncGenerator<Buffer> {
  if (head.length > 0) yield head
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value
}

async function* unpack(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const { Readable } = await import('node:stream')
  const packed = Readable.from(chunks)
  const unpacked = createGunzip()
  packed.on('error', (error) => unpacked.destroy(error))
  const stream: AsyncIterable<Buffer> = packed.pipe(unpacked)
  for await (const chunk of stream) yield chunk
}
