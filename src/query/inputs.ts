import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { constants, gunzipSync } from 'node:zlib'

import { isArchive, readUnpacked } from '../archive/index.ts'
import { HarnessError } from '../message/index.ts'
import type { ImportSource } from '../formats/index.ts'
import { listFilesBelow } from '../recording/index.ts'
import { isParquetArchive } from './manifest.ts'
import { isS3, listObjects } from './s3-objects.ts'

/** What a path was found to be. */
export type Input =
  | { kind: 'parquet'; folder: string }
  | { kind: 'recordings'; path: string }
  | { kind: 'lines'; path: string }
  /** `isLogFile`: as CloudTrail itself writes it, so that DuckDB can read it where it lies. */
  | { kind: 'cloudtrail'; path: string; isLogFile: boolean }
  | { kind: 's3'; url: string }

/** Looks what paths hold: archives of Parquet files, recordings, archives of lines, files of CloudTrail, S3. Throws `not-found`. */
export function listInputs(paths: readonly string[]): Input[] {
  const inputs = paths.flatMap(listInput)
  if (inputs.length === 0)
    throw new HarnessError(
      'not-found',
      `${paths.join(', ')} holds neither recordings nor files of CloudTrail.`,
      { remedy: 'name a file, or a folder with some' },
    )
  return inputs
}

/** The sources of CloudTrail in what was found. */
export async function* listCloudTrailSources(input: Input): AsyncGenerator<ImportSource> {
  if (input.kind === 's3') yield* listObjects(input.url)
  else if (input.kind === 'cloudtrail')
    yield { file: input.path, read: () => readUnpacked(input.path) }
}

function listInput(path: string): Input[] {
  if (isS3(path)) return [{ kind: 's3', url: path }]
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found)
    throw new HarnessError('not-found', `${path} does not exist.`, {
      remedy: 'name a file or a folder, or s3://bucket/prefix/',
    })
  if (!found.isDirectory()) return [recogniseFile(path)]
  if (isParquetArchive(path)) return [{ kind: 'parquet', folder: resolve(path) }]
  if (listFilesBelow(path, ['.parquet']).length > 0)
    throw new HarnessError(
      'recording-invalid',
      `${path} holds Parquet files, and no list of them: it is no archive, or half of one.`,
      { remedy: 'make it with starttask incident archive' },
    )
  const files = listFilesBelow(path, ENDINGS).flatMap((file) =>
    isDigest(file) ? [] : [recogniseFile(file)],
  )
  if (files.some(({ kind }) => kind === 'cloudtrail')) return files
  const lines = files.filter(({ kind }) => kind === 'lines')
  const hasRecordings = files.length > lines.length || listFilesBelow(path, ['.journal']).length > 0
  return hasRecordings ? [{ kind: 'recordings', path }, ...lines] : lines
}

/** CloudTrail puts files with digests of its log files beside them; no record is in one. */
function isDigest(path: string): boolean {
  return path.includes('/CloudTrail-Digest/')
}

const ENDINGS = ['.json', '.ndjson', '.jsonl', '.log', '.csv', '.gz', '.zst']
const HEAD_BYTES = 4096

/** By a look at how a file begins. */
function recogniseFile(path: string): Input {
  const head = readHead(path)
  if (/^\s*\{\s*"Records"\s*:/.test(head))
    return { kind: 'cloudtrail', path, isLogFile: /\.json(?:\.gz)?$/i.test(path) }
  const isOurs = /"format"\s*:\s*"starttask-|^\{"key":"[0-9a-f]{32}"/.test(head)
  const isForeign =
    /\.csv(?:\.gz)?$/i.test(path) ||
    /"(?:event[sS]ource|ResultSet|QueryResultRows|Records)"\s*:/.test(head)
  if (!isOurs && isForeign) return { kind: 'cloudtrail', path, isLogFile: false }
  return isArchive(path) ? { kind: 'lines', path } : { kind: 'recordings', path }
}

/** The first of a file, unpacked where it is gzip. Frames of zstd are not looked into. */
function readHead(path: string): string {
  const file = openSync(path, 'r')
  try {
    const bytes = Buffer.alloc(HEAD_BYTES)
    const head = bytes.subarray(0, readSync(file, bytes, 0, HEAD_BYTES, 0))
    return head[0] === 0x1f && head[1] === 0x8b ? unpackHead(head) : head.toString('utf8')
  } finally {
    closeSync(file)
  }
}

function unpackHead(head: Buffer): string {
  try {
    return gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH }).toString('utf8')
  } catch {
    return ''
  }
}
