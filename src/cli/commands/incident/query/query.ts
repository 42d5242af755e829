import { readFileSync } from 'node:fs'
import { text as readAll } from 'node:stream/consumers'
import { escapeLine, formatCount, HarnessError } from '../../../../message/index.ts'
import { CLOUDTRAIL, importSources } from '../../../../formats/index.ts'
import {
  ask,
  askAthena,
  type Asked,
  type Cell,
  formatAthenaTable,
  NAMED_QUERIES,
  parseStatement,
  type QueryResult,
  type Question,
} from '../../../../query/index.ts'
import { chooseOperations } from '../../../../contract/index.ts'
import { loadConfig } from '../../../../config/index.ts'
import { createProgress, isAnimated } from '../../../output/progress.ts'
import { formatJson } from '../../../output/json-text.ts'
import { requireOut } from '../../import/import.ts'
import { printFindings } from '../../../output/import-findings.ts'
import { untilInterrupted } from '../../../process/interruption.ts'
import { formatTable } from './query-table.ts'
import { EXIT, printData, printNotice, printText } from '../../../output/terminal.ts'

export interface IncidentQueryCommand {
  paths: string[]
  named: string | undefined
  sql: string | undefined
  file: string | undefined
  param: string[]
  limit: number
  dialect: string
  importTo: string | undefined
  engine: string
  database: string | undefined
  outputLocation: string | undefined
  workgroup: string | undefined
  region: string | undefined
  list: boolean
  show: boolean
  ddl: string | undefined
  allow: string[]
  config: string | undefined
  json: boolean
}

/** Asks, and prints the rows; gives the exit code: 1 when something of what was asked could not be read. */
export async function queryIncident(command: IncidentQueryCommand): Promise<number> {
  if (command.list) return listQueries(command.json)
  if (command.ddl !== undefined) return showTable(command.ddl)
  const dialect = chooseDialect(command)
  const question: Question = {
    sql: await readSql(command),
    parameters: readParameters(command.param),
    limit: command.limit,
  }
  if (command.show) return showStatement(question, dialect)
  if (command.importTo !== undefined) requireOut(command.importTo)
  return untilInterrupted(async (signal) => {
    const asked = await putQuestion(
      { ...question, signal, ...(command.importTo === undefined ? {} : { limit: Infinity }) },
      dialect,
      command,
    )
    const code = asked.findings.some(({ severity }) => severity === 'error')
      ? EXIT.failed
      : EXIT.fine
    if (!command.json) printFindings(asked.findings)
    if (command.importTo !== undefined)
      return Math.max(code, await importRows(asked, command.importTo, command))
    printRows(asked, command)
    return code
  })
}

function listQueries(json: boolean): number {
  if (json) printData(formatJson({ schemaVersion: 1, queries: NAMED_QUERIES }))
  else
    for (const { name, about, needsArchive } of NAMED_QUERIES)
      printText(`${name.padEnd(12)}${about}${needsArchive ? ' (archives of recordings)' : ''}`)
  return EXIT.fine
}

function showTable(location: string): number {
  if (!/^s3:\/\/[^\s/]+\/(?:\S*\/)?$/.test(location))
    throw new HarnessError('usage', `--ddl is ${JSON.stringify(location)}.`, {
      remedy: 'name the folder of the archive in S3, with a slash at its end',
    })
  printText(formatAthenaTable(location))
  return EXIT.fine
}

function showStatement(question: Question, dialect: 'portable' | 'duckdb'): number {
  const { text, values } = parseStatement(question, dialect)
  printText(text)
  for (const [index, value] of values.entries())
    printNotice(`  ? ${index + 1}        ${escapeLine(value)}`)
  return EXIT.fine
}

function chooseDialect({ dialect, engine }: IncidentQueryCommand): 'portable' | 'duckdb' {
  if (dialect !== 'portable' && dialect !== 'duckdb')
    throw new HarnessError('usage', `There is no dialect ${JSON.stringify(dialect)}.`, {
      remedy: 'name portable or duckdb',
    })
  if (dialect === 'duckdb' && engine !== 'duckdb')
    throw new HarnessError('usage', 'Athena does not understand the dialect duckdb.', {
      remedy: 'leave --dialect away',
    })
  return dialect
}

async function readSql({ named, sql, file }: IncidentQueryCommand): Promise<string> {
  if ([named, sql, file].filter((one) => one !== undefined).length !== 1)
    throw new HarnessError('usage', 'What is asked?', {
      remedy:
        'give one of --named NAME, --sql TEXT, --file FILE; --list shows the queries that ship',
    })
  if (sql !== undefined) return sql
  if (named !== undefined) return findNamed(named)
  if (file === '-') return readAll(process.stdin)
  try {
    return readFileSync(file ?? '', 'utf8')
  } catch (cause) {
    throw new HarnessError('not-found', `${file} cannot be read.`, {
      remedy: 'name a file with a SELECT',
      cause,
    })
  }
}

function findNamed(name: string): string {
  const query = NAMED_QUERIES.find((one) => one.name === name)
  if (query) return query.sql
  const known = NAMED_QUERIES.map((one) => one.name).join(', ')
  throw new HarnessError('usage', `There is no query ${JSON.stringify(name)}.`, {
    remedy: `name one of ${known}`,
  })
}

function readParameters(given: readonly string[]): Record<string, string> {
  const pairs = given.map((text) => {
    const [, name, value] = /^([A-Za-z_]\w*)=(.*)$/s.exec(text) ?? []
    if (name !== undefined && value !== undefined) return [name, value] as const
    throw new HarnessError('usage', `--param is ${JSON.stringify(text)}.`, {
      remedy: 'write --param name=value',
    })
  })
  return Object.fromEntries(pairs)
}

async function putQuestion(
  question: Question,
  dialect: 'portable' | 'duckdb',
  command: IncidentQueryCommand,
): Promise<Asked> {
  const progress = createProgress({
    stream: process.stderr,
    now: Date.now,
    isShown: isAnimated(process.stderr, process.env),
  })
  const { paths, engine, allow, config } = command
  try {
    if (engine === 'athena')
      return {
        ...(await putToAthena(question, command, (state) => progress.show(`Athena: ${state}`))),
        findings: [],
      }
    if (engine !== 'duckdb')
      throw new HarnessError('usage', `There is no engine ${JSON.stringify(engine)}.`, {
        remedy: 'name duckdb or athena',
      })
    if (paths.length === 0)
      throw new HarnessError('usage', 'Nothing is named that could be asked.', {
        remedy: 'name an archive, or files of CloudTrail',
      })
    const onProgress = (rows: number, place: string) => progress.show(`${rows} rows; ${place}`)
    return await ask({
      ...question,
      paths,
      dialect,
      operations: chooseOperations(allow),
      config: loadConfig({ file: config }),
      onProgress,
    })
  } finally {
    progress.clear()
  }
}

function putToAthena(
  question: Question,
  command: IncidentQueryCommand,
  onProgress: (state: string) => void,
): Promise<QueryResult> {
  const { paths, database, outputLocation, workgroup, region } = command
  if (paths.length > 0)
    throw new HarnessError('usage', `Athena asks its own table, and not ${paths.join(', ')}.`, {
      remedy: 'name no path with --engine athena',
    })
  if (database === undefined)
    throw new HarnessError('usage', 'Athena needs a database.', {
      remedy: 'give --database, the one that has cloudtrail_logs',
    })
  return askAthena({
    ...question,
    database,
    onProgress,
    ...(outputLocation === undefined ? {} : { outputLocation }),
    ...(workgroup === undefined ? {} : { workgroup }),
    ...(region === undefined ? {} : { region }),
  })
}

/** Rows become a recording as rows of CloudTrail's table do that somebody saved. */
async function importRows(
  { columns, rows }: QueryResult,
  out: string,
  { allow, config, json }: IncidentQueryCommand,
): Promise<number> {
  const missing = ['eventsource', 'eventname', 'eventtime'].find(
    (name) => !columns.some((column) => column.name === name),
  )
  if (missing !== undefined)
    throw new HarnessError(
      'usage',
      `The rows have no column ${missing}, and cannot become a recording.`,
      { remedy: '--named events, or select what it selects' },
    )
  const writeRow = (row: readonly Cell[]) =>
    `${JSON.stringify(Object.fromEntries(columns.map(({ name }, index) => [name, toJson(row[index] ?? null)])))}\n`
  async function* read() {
    for (const row of rows) yield Buffer.from(writeRow(row))
  }
  const job = {
    format: CLOUDTRAIL,
    out,
    operations: chooseOperations(allow),
    config: loadConfig({ file: config }),
    onProgress: () => undefined,
  }
  const { exchanges, findings } = await importSources({
    ...job,
    sources: [{ file: 'the rows', read }],
  })
  if (json)
    printData(
      formatJson({
        schemaVersion: 1,
        out: exchanges > 0 ? out : null,
        rows: rows.length,
        exchanges,
        findings,
      }),
    )
  else printFindings(findings)
  printNotice(
    `starttask: ${formatCount(exchanges, 'exchange')} of ${rows.length} rows in ${exchanges > 0 ? out : 'nothing'}`,
  )
  return exchanges === 0 || findings.some(({ severity }) => severity === 'error')
    ? EXIT.failed
    : EXIT.fine
}

function printRows(asked: Asked, { json, limit }: IncidentQueryCommand): void {
  const { columns, rows, hasMore, findings } = asked
  if (json)
    printData(
      formatJson({
        schemaVersion: 1,
        columns,
        rows: rows.map((row) => row.map(toJson)),
        hasMore,
        findings,
      }),
    )
  else for (const line of formatTable(asked)) printData(line)
  const counted = formatCount(rows.length, 'row')
  printNotice(
    hasMore
      ? `starttask: the first ${counted}; there are more (--limit ${limit * 10})`
      : `starttask: ${counted}`,
  )
}

/** Digits of a whole number stay as they are. */
function toJson(cell: Cell): unknown {
  return typeof cell === 'bigint' ? JSON.rawJSON(cell.toString()) : cell
}
