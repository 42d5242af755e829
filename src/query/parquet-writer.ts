import { mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

import { describeReason, HarnessError } from '../message/index.ts'
import { listFilesBelow } from '../recording/index.ts'
import {
  ARCHIVE_COLUMNS,
  type ColumnType,
  describeTransform,
  formatDuckDbType,
  PARTITION_COLUMNS,
} from './columns.ts'
import { type DuckDBAppender, openDatabase } from './duckdb.ts'
import { type Manifest, saveManifest } from './manifest.ts'
import type { Row } from './row.ts'
import { formatSqlText } from './tokens.ts'

/** Writes an archive; it stands at its place whole, or not at all. */
export interface ParquetWriter {
  add(row: Row): Promise<void>
  /** Gives the size of its files together. Throws `write-failed`, where somebody else has put something at its place meanwhile too. */
  finish(
    about: Pick<Manifest, 'madeAt' | 'redaction' | 'operations'>,
  ): Promise<{ rows: number; bytes: number; files: number }>
  /** Takes away what was written so far. */
  abandon(): void
}

/** So many rows wait in memory, about 2 KB each; each such portion makes a file in each folder that it has rows of. */
const ROWS_A_FILE = 20_000

/** Opens an archive for writing, beside its place under a name that no other run has. Throws `write-failed`, and `not-found` without DuckDB. */
export async function openParquetWriter(out: string): Promise<ParquetWriter> {
  const database = await openDatabase()
  const { connection } = database
  const folder = `${out.replace(/\/+$/, '')}.${crypto.randomUUID()}.tmp`
  attempt(out, () => mkdirSync(folder, { recursive: true, mode: 0o700 }))
  await connection.run(`CREATE TABLE staged (${STAGED.join(', ')})`)
  let appender: DuckDBAppender | undefined
  let [waiting, rows, portions] = [0, 0, 0]
  const flush = async () => {
    appender?.closeSync()
    appender = undefined
    if (waiting === 0) return
    portions += 1
    await runWriting(out, () => connection.run(formatCopy(folder, portions)))
    await connection.run('TRUNCATE staged')
    waiting = 0
  }
  const close = () => {
    appender?.closeSync()
    appender = undefined
    database[Symbol.dispose]()
  }
  return {
    async add(row) {
      appender ??= await connection.createAppender('staged')
      appendRow(appender, row)
      rows += 1
      if ((waiting += 1) >= ROWS_A_FILE) await flush()
    },
    async finish(about) {
      await flush()
      close()
      const files = listFilesBelow(folder, ['.parquet']).map((file) => ({
        path: file.slice(folder.length + 1),
        bytes: statSync(file).size,
      }))
      attempt(out, () => {
        saveManifest(folder, { ...about, rows, files })
        mkdirSync(dirname(out), { recursive: true })
        renameSync(folder, out)
      })
      return { rows, files: files.length, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) }
    },
    abandon() {
      close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const STAGED = [
  ...ARCHIVE_COLUMNS.map(({ member, type }) => `"${member.toLowerCase()}" ${nameStagedType(type)}`),
  ...PARTITION_COLUMNS.map((name) => `"${name}" VARCHAR`),
]

/** Structures wait as the JSON that they came as. */
function nameStagedType(type: ColumnType): string {
  return type === 'integer' || type === 'double' ? formatDuckDbType(type, 'columns') : 'VARCHAR'
}

function appendRow(appender: DuckDBAppender, { values, partition }: Row): void {
  for (const [index, value] of values.entries()) {
    if (value === null) appender.appendNull()
    else if (typeof value === 'string') appender.appendVarchar(value)
    else if (ARCHIVE_COLUMNS[index]?.type === 'integer') appender.appendInteger(value)
    else appender.appendDouble(value)
  }
  for (const name of PARTITION_COLUMNS) appender.appendVarchar(partition[name])
  appender.endRow()
}

function formatCopy(folder: string, portion: number): string {
  const columns = ARCHIVE_COLUMNS.map(({ member, type }) => {
    const name = `"${member.toLowerCase()}"`
    if (typeof type === 'string')
      return type === 'map' ? `${formatTransform(name, type)} AS ${name}` : name
    return `${formatTransform(name, type)} AS ${name}`
  })
  const names = PARTITION_COLUMNS.join(', ')
  const file = `part-${String(portion).padStart(6, '0')}-{i}`
  return `COPY (SELECT ${columns.join(', ')}, ${names} FROM staged) TO ${formatSqlText(folder)}
    (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (${names}), OVERWRITE_OR_IGNORE true, FILENAME_PATTERN ${formatSqlText(file)})`
}

function formatTransform(name: string, type: ColumnType): string {
  return `CAST(json_transform(${name}, ${formatSqlText(JSON.stringify(describeTransform(type)))}) AS ${formatDuckDbType(type, 'columns')})`
}

async function runWriting(out: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    throw describeFailure(out, error)
  }
}

function attempt(out: string, work: () => void): void {
  try {
    work()
  } catch (error) {
    throw describeFailure(out, error)
  }
}

function describeFailure(out: string, error: unknown): HarnessError {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined
  const isTaken = code === 'ENOTEMPTY' || code === 'EEXIST' || code === 'ENOTDIR'
  const reason = isTaken ? 'something else was put there meanwhile' : describeReason(error)
  return new HarnessError('write-failed', `Cannot write ${out}: ${reason}.`, {
    remedy: 'name another folder with --out, or make room',
    cause: error,
  })
}
