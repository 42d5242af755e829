import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { onTestFinished } from 'vitest'

import {
  ask,
  type AskJob,
  type Asked,
  buildParquetArchive,
  type Built,
  type Cell,
} from '../../src/query/index.ts'

const JOB = { operations: ['StartTask'], config: { keep: [], redact: [] } }

/** A folder for as long as the test runs. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'starttask-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Makes an archive. */
export function build(paths: readonly string[], out: string): Promise<Built> {
  return buildParquetArchive({ ...JOB, paths, out })
}

/** Asks a path. */
export function askPath(path: string, sql: string, rest: Partial<AskJob> = {}): Promise<Asked> {
  return ask({ ...JOB, paths: [path], sql, ...rest })
}

/** The rows alone, in DuckDB's dialect: what is asked is how the engine is shut, not what is portable. */
export async function askFreely(path: string, sql: string): Promise<readonly (readonly Cell[])[]> {
  const { rows } = await askPath(path, sql, { dialect: 'duckdb' })
  return rows
}
