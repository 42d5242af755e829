import { createReadStream, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { isArchive, readUnpacked } from '../../../archive/index.ts'
import { describeReason, HarnessError } from '../../../message/index.ts'
import { MAX_BODY_BYTES } from '../../../protocol/index.ts'
import { MAX_RECORDING_BYTES } from '../../../recording/index.ts'
import { CONFIG_FILE } from '../../../config/index.ts'
import type { CheckedAs, SourceDocument } from '../../findings/documents.ts'
import { createLineSplitter, type Line } from '../../input/lines.ts'
import { hasManyDocuments } from './sniff.ts'

/** A file, or `-` for standard input, and how its documents lie in it. */
export interface Input {
  file: string
  layout: 'one' | 'lines' | 'unknown'
}

const IN_FOLDERS = /\.(?:json|(?:ndjson|jsonl)(?:\.gz|\.zst)?)$/i

/** What the paths name: files as they are, folders with every `.json` and `.ndjson` file in them, sorted. Throws `not-found`. */
export function listInputs(paths: readonly string[], isLines: boolean): Input[] {
  return paths
    .flatMap(listFiles)
    .map((file) => ({ file, layout: isLines || isArchive(file) ? 'lines' : guessLayout(file) }))
}

function guessLayout(file: string): 'one' | 'unknown' {
  return file.toLowerCase().endsWith('.json') ? 'one' : 'unknown'
}

function listFiles(path: string): string[] {
  if (path === '-') return [path]
  const stats = statSync(path, { throwIfNoEntry: false })
  if (!stats)
    throw new HarnessError(
      'not-found',
      `${path} does not exist. Name a .json or .ndjson file, a folder, or - for standard input.`,
    )
  if (!stats.isDirectory()) return [path]
  const files = readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && IN_FOLDERS.test(entry.name) && entry.name !== CONFIG_FILE)
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
  if (files.length > 0) return files
  throw new HarnessError(
    'recording-invalid',
    `${path} is a folder without anything to check: no .json or .ndjson file lies in it.`,
  )
}

/** The documents of an input, some at a time. No more of it is held than one document and what came with its end. */
export async function* readDocuments(
  { file, layout }: Input,
  as: CheckedAs | undefined,
): AsyncGenerator<SourceDocument[]> {
  const most = as === 'request' || as === 'response' ? MAX_BODY_BYTES : MAX_RECORDING_BYTES
  const chunks = readChunks(file)
  const { isMany, all } =
    layout === 'unknown'
      ? await hasManyDocuments(chunks, MAX_RECORDING_BYTES)
      : { isMany: layout === 'lines', all: chunks }
  if (isMany) yield* readLines(file, all, most)
  else yield [await readWhole(file, all, most)]
}

async function* readChunks(file: string): AsyncGenerator<Buffer> {
  try {
    const stream: AsyncIterable<Buffer> =
      file === '-' ? process.stdin : isArchive(file) ? readUnpacked(file) : createReadStream(file)
    for await (const chunk of stream) yield chunk
  } catch (error) {
    const reason = describeReason(error)
    throw new HarnessError('not-found', `${file} cannot be read: ${reason}.`, { cause: error })
  }
}

async function* readLines(
  file: string,
  chunks: AsyncIterable<Buffer>,
  most: number,
): AsyncGenerator<SourceDocument[]> {
  const splitter = createLineSplitter(most)
  const name = (lines: Line[]) => lines.map((line) => ({ file, most, ...line }))
  for await (const chunk of chunks) yield name(splitter.push(chunk))
  yield name(splitter.end())
}

/** The bytes as one document; of more than `most` nothing is kept. */
async function readWhole(
  file: string,
  chunks: AsyncIterable<Buffer>,
  most: number,
): Promise<SourceDocument> {
  const pieces: Buffer[] = []
  let size = 0
  for await (const chunk of chunks) {
    size += chunk.length
    if (size > most) return { file, most, bytes: undefined }
    pieces.push(chunk)
  }
  return { file, most, bytes: Buffer.concat(pieces) }
}
