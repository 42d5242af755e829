import { join, resolve } from 'node:path'

import { describeReason, HarnessError } from '../message/index.ts'
import {
  ARCHIVE_COLUMNS,
  CLOUDTRAIL_COLUMNS,
  type Column,
  formatDuckDbType,
  PARTITION_COLUMNS,
} from './columns.ts'
import type { Database } from './duckdb.ts'
import { loadManifest } from './manifest.ts'
import { PORTABLE_MACROS } from './portable.ts'
import { formatSqlText } from './tokens.ts'

/** Of what `cloudtrail_logs` is made. */
export type TableSource =
  | { kind: 'archive'; folders: readonly string[] }
  | { kind: 'cloudtrail'; files: readonly string[] }

/** The longest document that DuckDB reads as one: CloudTrail's files hold some tens of MiB. */
const MAX_DOCUMENT_BYTES = 268_435_456

/**
 * Makes `cloudtrail_logs` and shuts the database: from here on it opens the table's files and no other, whatever a query says, and no setting can be changed. Throws
 * `recording-invalid` where a file is missing or damaged.
 */
export async function openTable({ connection }: Database, source: TableSource): Promise<void> {
  const files =
    source.kind === 'archive'
      ? source.folders.flatMap(listParquetFiles)
      : source.files.map((file) => resolve(file))
  const list = `[${files.map(formatSqlText).join(', ')}]`
  await connection.run('SET integer_division = true') // as Trino divides
  for (const macro of PORTABLE_MACROS) await connection.run(macro)
  await connection.run(`SET allowed_paths = ${list}`)
  await connection.run('SET enable_external_access = false')
  await connection.run('SET lock_configuration = true')
  try {
    await connection.run(
      `CREATE VIEW cloudtrail_logs AS ${source.kind === 'archive' ? formatArchiveRows(list) : formatRecordRows(list)}`,
    )
  } catch (error) {
    throw describeDamage(source, error)
  }
}

/** An error of reading, told as damage to what was named. */
export function describeDamage(source: TableSource, cause: unknown): HarnessError {
  const reason = describeReason(cause).replaceAll('\n', ' ')
  const [what, remedy] =
    source.kind === 'archive'
      ? [source.folders.join(', '), 'copy the archive again, or make it anew']
      : [
          'the files of CloudTrail',
          'starttask incident archive takes what is whole of them, and names the rest; ask that',
        ]
  return new HarnessError('recording-invalid', `${what} cannot be read: ${reason}`, {
    remedy,
    cause,
  })
}

function listParquetFiles(folder: string): string[] {
  return loadManifest(folder).files.map(({ path }) => join(resolve(folder), path))
}

function formatArchiveRows(list: string): string {
  const types = PARTITION_COLUMNS.map((name) => `'${name}': VARCHAR`).join(', ')
  const names = [...ARCHIVE_COLUMNS.map(({ member }) => member.toLowerCase()), ...PARTITION_COLUMNS] // in the order of Athena's table
  return `SELECT ${names.join(', ')} FROM read_parquet(${list}, hive_partitioning = true, hive_types = {${types}})`
}

/** CloudTrail's files as they are: one document each, with records in a list. That is said, since DuckDB would read them once more to find it out, each time. */
function formatRecordRows(list: string): string {
  const members = CLOUDTRAIL_COLUMNS.map(
    ({ member, type }) => `"${member}" ${formatDuckDbType(type, 'members')}`,
  ).join(', ')
  const columns = CLOUDTRAIL_COLUMNS.map(formatRecordColumn).join(', ')
  return `SELECT ${columns} FROM (SELECT unnest("Records") AS e FROM read_json(${list}, format = 'unstructured', records = true, auto_detect = false, maximum_object_size = ${MAX_DOCUMENT_BYTES}, columns = {"Records": ${formatSqlText(`STRUCT(${members})[]`)}}))`
}

function formatRecordColumn({ member, type }: Column): string {
  const name = member.toLowerCase()
  return type === 'text'
    ? `e."${member}" AS "${name}"`
    : `CAST(e."${member}" AS ${formatDuckDbType(type, 'columns')}) AS "${name}"`
}
