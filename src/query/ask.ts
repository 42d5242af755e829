import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { describeReason, HarnessError, isHarnessError } from '../message/index.ts'
import type { ImportFinding } from '../formats/index.ts'
import { buildParquetArchive, type BuildJob } from './build.ts'
import { type Database, openDatabase } from './duckdb.ts'
import { type Input, listInputs } from './inputs.ts'
import { type Cell, DEFAULT_LIMIT, type QueryResult, type Question } from './result.ts'
import { parseStatement, type Statement } from './statement.ts'
import { describeDamage, openTable, type TableSource } from './table.ts'

/** What is asked of DuckDB. */
export interface AskJob extends Question, Pick<BuildJob, 'operations' | 'config' | 'onProgress'> {
  /** Archives of Parquet files; or files of CloudTrail as they lie there; or whatever an archive can be made of, of which a passing one is made. */
  paths: readonly string[]
  /** `duckdb` takes any SELECT that DuckDB understands; otherwise it must mean the same in Athena. */
  dialect?: 'portable' | 'duckdb'
}

/** A response, and what could not be read where a passing archive was made. */
export interface Asked extends QueryResult {
  findings: readonly ImportFinding[]
}

/**
 * Puts a query to DuckDB, whose table `cloudtrail_logs` is what the paths hold. It opens those files and no other, and writes none; what is not redacted stays in
 * memory. Throws `usage` for a query that is refused or wrong, `not-found` also where DuckDB is not installed, `recording-invalid` for what is damaged,
 * `too-large` where memory does not suffice.
 */
export async function ask(job: AskJob): Promise<Asked> {
  const statement = parseStatement(job, job.dialect ?? 'portable')
  const inputs = listInputs(job.paths)
  const source = chooseSource(inputs)
  if (source) return { ...(await askTable(source, statement, job)), findings: [] }
  const folder = mkdtempSync(join(tmpdir(), 'starttask-query-'))
  try {
    const out = join(folder, 'archive')
    const { findings } = await buildParquetArchive({ ...job, out })
    return { ...(await askTable({ kind: 'archive', folders: [out] }, statement, job)), findings }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** `undefined` for what must be made into an archive first. */
function chooseSource(inputs: readonly Input[]): TableSource | undefined {
  const folders = inputs.flatMap((input) => (input.kind === 'parquet' ? [input.folder] : []))
  if (folders.length === inputs.length) return { kind: 'archive', folders }
  if (folders.length > 0)
    throw new HarnessError(
      'usage',
      `${folders.join(', ')} cannot be asked together with what is no such archive.`,
      { remedy: 'make one of the rest: starttask incident archive PATH... --out DIR' },
    )
  const files = inputs.flatMap((input) =>
    input.kind === 'cloudtrail' && input.isLogFile ? [input.path] : [],
  )
  return files.length === inputs.length ? { kind: 'cloudtrail', files } : undefined
}

async function askTable(
  source: TableSource,
  statement: Statement,
  question: Question,
): Promise<QueryResult> {
  const { signal } = question
  using database = await openDatabase()
  await openTable(database, source)
  signal?.throwIfAborted()
  const interrupt = () => database.connection.interrupt()
  signal?.addEventListener('abort', interrupt)
  try {
    return await run(database, statement, question)
  } catch (error) {
    signal?.throwIfAborted()
    throw isHarnessError(error) ? error : describeFailure(source, error)
  } finally {
    signal?.removeEventListener('abort', interrupt)
  }
}

async function run(
  { connection, readsOnly }: Database,
  { text, values }: Statement,
  { limit = DEFAULT_LIMIT, signal }: Question,
): Promise<QueryResult> {
  const prepared = await connection.prepare(text)
  if (!readsOnly(prepared))
    throw new HarnessError('usage', 'The query does more than reading.', {
      remedy: 'ask one SELECT',
    })
  for (const [index, value] of values.entries()) prepared.bindVarchar(index + 1, value)
  const result = await prepared.stream()
  const types = result.columnTypes().map(String)
  const columns = result.columnNames().map((name, index) => ({ name, type: types[index] ?? '' }))
  const rows: Cell[][] = []
  for await (const chunk of result.yieldRowsJson()) {
    signal?.throwIfAborted()
    for (const row of chunk) {
      if (rows.length === limit) return { columns, rows, hasMore: true }
      rows.push(row.map((value, index) => readCell(value, types[index] ?? '')))
    }
  }
  return { columns, rows, hasMore: false }
}

function readCell(value: unknown, type: string): Cell {
  if (value === null || value === undefined) return null
  if (typeof value === 'number' || typeof value === 'boolean') return value
  if (typeof value !== 'string') return JSON.stringify(value)
  return /^U?(?:BIG|HUGE)INT$/.test(type) ? BigInt(value) : value
}

/** Describes an error of the engine: its first line is the fact, the rest is the place. */
function describeFailure(source: TableSource, cause: unknown): HarnessError {
  const message = describeReason(cause)
  const [fact = '', ...rest] = message.split('\n')
  if (/^Out of Memory/i.test(message))
    return new HarnessError('too-large', `The query needs more memory than there is: ${fact}`, {
      remedy: 'narrow it, by eventdate or region for one',
      cause,
    })
  const isOfQuery = /^(?:Parser|Binder|Catalog|Permission) Error/.test(message)
  const isOfFile =
    fact.startsWith('IO Error') || listPlaces(source).some((place) => fact.includes(place))
  if (isOfFile && !isOfQuery) return describeDamage(source, cause)
  const place = rest.filter((line) => line.trim() !== '').join('\n')
  const isOurs = source.kind === 'cloudtrail' && /starttask_|"(?:region|eventdate)"/.test(fact)
  const remedy = isOurs
    ? 'that is a column of archives, which files of CloudTrail have not: make one with starttask incident archive'
    : 'correct it; the columns stand in docs/incidents.md'
  return new HarnessError('usage', `The query was not answered: ${fact}`, {
    details: place === '' ? [] : [['place', place]],
    remedy,
    cause,
  })
}

function listPlaces(source: TableSource): readonly string[] {
  return source.kind === 'archive' ? source.folders : source.files
}
