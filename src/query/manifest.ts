import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { describeReason, formatValueBriefly, HarnessError } from '../message/index.ts'
import { isObject, parseBody } from '../protocol/index.ts'

/** Athena, Trino and Spark pass over files whose names begin with an underscore. */
const MANIFEST = '_starttask.json'
const FORMAT = 'starttask-parquet'
const MAX_MANIFEST_BYTES = 256 * 1024 * 1024

/** What an archive consists of: written last, so that a folder without it is no archive. */
export interface Manifest {
  format: typeof FORMAT
  version: 1
  /** UTC in ISO 8601. */
  madeAt: string
  /** The hash of the rules that it was redacted by. */
  redaction: string
  operations: readonly string[]
  rows: number
  /** Paths in the folder, with their sizes. */
  files: readonly { path: string; bytes: number }[]
}

/** Whether a folder is an archive of Parquet files. */
export function isParquetArchive(folder: string): boolean {
  return existsSync(join(folder, MANIFEST))
}

/** Writes what a folder consists of into it. */
export function saveManifest(folder: string, manifest: Omit<Manifest, 'format' | 'version'>): void {
  writeFileSync(
    join(folder, MANIFEST),
    `${JSON.stringify({ format: FORMAT, version: 1, ...manifest }, undefined, 1)}\n`,
  )
}

/** Reads what an archive consists of, and sees that it is all there. Throws `recording-invalid` where a file is missing or has another size. */
export function loadManifest(folder: string): Manifest {
  const path = join(folder, MANIFEST)
  const manifest = parseManifest(readFileSync(path), path)
  for (const { path: file, bytes } of manifest.files) {
    const found = statSync(join(folder, file), { throwIfNoEntry: false })
    if (found?.size === bytes) continue
    const what = found ? `has ${found.size} bytes, and had ${bytes}` : 'is not there'
    throw new HarnessError('recording-invalid', `${folder} is no whole archive: ${file} ${what}.`, {
      remedy: 'copy it again, or make it anew',
    })
  }
  return manifest
}

function parseManifest(bytes: Buffer, path: string): Manifest {
  const fail = (reason: string): never => {
    throw new HarnessError(
      'recording-invalid',
      `${path} is no list of an archive's files: ${reason}.`,
      { remedy: 'make the archive anew' },
    )
  }
  let value: unknown
  try {
    value = parseBody(bytes, MAX_MANIFEST_BYTES)
  } catch (error) {
    return fail(describeReason(error))
  }
  if (!isObject(value) || value['format'] !== FORMAT) return fail('it has another format')
  if (value['version'] !== 1)
    return fail(`its version is ${formatValueBriefly(value['version'])}, and 1 is known`)
  const { madeAt, redaction, operations, rows, files } = value
  if (typeof madeAt !== 'string' || typeof redaction !== 'string' || typeof rows !== 'number')
    return fail('a member is missing')
  if (!Array.isArray(operations) || !Array.isArray(files)) return fail('a list is missing')
  return {
    format: FORMAT,
    version: 1,
    madeAt,
    redaction,
    rows,
    operations: operations.map(String),
    files: files.map((file: unknown) => parseFile(file) ?? fail('a file has no path or size')),
  }
}

/** A path that leads out of the folder is none. */
function parseFile(file: unknown): { path: string; bytes: number } | undefined {
  if (!isObject(file)) return undefined
  const { path, bytes } = file
  if (typeof path !== 'string' || typeof bytes !== 'number') return undefined
  return /^region=[\w-]+\/eventdate=[\w-]+\/[\w-]+\.parquet$/.test(path)
    ? { path, bytes }
    : undefined
}
