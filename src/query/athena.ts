import type * as Athena from '@aws-sdk/client-athena'
import type {
  AthenaClient,
  ColumnInfo,
  Row as AthenaRow,
  StopQueryExecutionCommand,
} from '@aws-sdk/client-athena'

import { describeReason, HarnessError, isHarnessError } from '../message/index.ts'
import { type Cell, DEFAULT_LIMIT, type QueryResult, type Question } from './result.ts'
import { parseStatement } from './statement.ts'
import { formatSqlText } from './tokens.ts'

/** What is asked of Athena, as the user typed it. Region, credentials and endpoint are found by the AWS SDK as everywhere. */
export interface AthenaJob extends Question {
  database: string
  /** `s3://bucket/prefix/`, where Athena keeps the rows; a workgroup may say it too. */
  outputLocation?: string
  workgroup?: string
  region?: string
  /** Waits; a test hands in its own. */
  wait?: (ms: number) => Promise<void>
  onProgress?: (state: string) => void
}

/**
 * Puts the same text to Athena, whose table or view `cloudtrail_logs` in the database named is the user's own: starts the query, waits for its end, and reads the rows
 * page by page. The values of parameters go beside the text, as `ExecutionParameters`. Throws `usage` for a query that is refused, or fails; `not-found` where the SDK's
 * client is not installed; `credentials-missing`, `upstream-unreachable`. A query that is given up is stopped.
 */
export async function askAthena(job: AthenaJob): Promise<QueryResult> {
  const { text, values } = parseStatement(job, 'portable')
  const {
    AthenaClient,
    GetQueryExecutionCommand,
    GetQueryResultsCommand,
    StartQueryExecutionCommand,
    StopQueryExecutionCommand,
  } = await loadAthena()
  const client = new AthenaClient(job.region === undefined ? {} : { region: job.region })
  const { signal } = job
  let id: string | undefined
  try {
    const started = await client.send(
      new StartQueryExecutionCommand({
        QueryString: text,
        QueryExecutionContext: { Database: job.database },
        ...(values.length === 0 ? {} : { ExecutionParameters: values.map(formatSqlText) }),
        ...(job.outputLocation === undefined
          ? {}
          : { ResultConfiguration: { OutputLocation: job.outputLocation } }),
        ...(job.workgroup === undefined ? {} : { WorkGroup: job.workgroup }),
      }),
      sendOptions(signal),
    )
    id = started.QueryExecutionId
    await waitForEnd(job, async () => {
      const { QueryExecution } = await client.send(
        new GetQueryExecutionCommand({ QueryExecutionId: id }),
        sendOptions(signal),
      )
      return QueryExecution?.Status
    })
    return await readPages(job, (token) =>
      client.send(
        new GetQueryResultsCommand({
          QueryExecutionId: id,
          ...(token === undefined ? {} : { NextToken: token }),
        }),
        sendOptions(signal),
      ),
    )
  } catch (error) {
    if (signal?.aborted === true && id !== undefined)
      await stop(client, new StopQueryExecutionCommand({ QueryExecutionId: id }))
    signal?.throwIfAborted()
    throw isHarnessError(error) ? error : describeRefusal(error)
  } finally {
    client.destroy()
  }
}

function sendOptions(signal: AbortSignal | undefined): { abortSignal?: AbortSignal } {
  return signal === undefined ? {} : { abortSignal: signal }
}

const FIRST_WAIT_MS = 200
const LONGEST_WAIT_MS = 5000

type Status = { State?: string | undefined; StateChangeReason?: string | undefined } | undefined

/** Asks how far it is, half as long again after each time. */
async function waitForEnd(
  { wait = waitReally, onProgress, signal }: AthenaJob,
  readStatus: () => Promise<Status>,
): Promise<void> {
  for (let ms = FIRST_WAIT_MS; ; ms = Math.min(LONGEST_WAIT_MS, ms * 1.5)) {
    const status = await readStatus()
    const state = status?.State ?? 'UNKNOWN'
    if (state === 'SUCCEEDED') return
    if (state === 'FAILED' || state === 'CANCELLED')
      throw new HarnessError(
        'usage',
        `Athena ended the query as ${state}: ${status?.StateChangeReason ?? 'no reason given'}`,
        { remedy: "correct it, or look at it in Athena's console" },
      )
    onProgress?.(state)
    await wait(ms)
    signal?.throwIfAborted()
  }
}

function waitReally(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

interface Page {
  NextToken?: string | undefined
  ResultSet?:
    | {
        Rows?: AthenaRow[] | undefined
        ResultSetMetadata?: { ColumnInfo?: ColumnInfo[] | undefined } | undefined
      }
    | undefined
}

/** The first row of the first page names the columns. */
async function readPages(
  { limit = DEFAULT_LIMIT }: AthenaJob,
  readPage: (token: string | undefined) => Promise<Page>,
): Promise<QueryResult> {
  const rows: Cell[][] = []
  let columns: QueryResult['columns'] | undefined
  let token: string | undefined
  do {
    const { NextToken, ResultSet } = await readPage(token)
    const found = (ResultSet?.Rows ?? []).map(({ Data = [] }) =>
      Data.map(({ VarCharValue }) => VarCharValue),
    )
    if (!columns) {
      columns = describeColumns(ResultSet?.ResultSetMetadata?.ColumnInfo ?? [], found[0] ?? [])
      if (columns.every(({ name }, index) => found[0]?.[index] === name)) found.shift()
    }
    for (const row of found) {
      if (rows.length === limit) return { columns, rows, hasMore: true }
      rows.push(columns.map(({ type }, index) => readCell(row[index], type)))
    }
    token = NextToken
  } while (token !== undefined)
  return { columns: columns ?? [], rows, hasMore: false }
}

function describeColumns(
  told: readonly ColumnInfo[],
  heading: readonly (string | undefined)[],
): QueryResult['columns'] {
  if (told.length > 0) return told.map(({ Name = '', Type = '' }) => ({ name: Name, type: Type }))
  return heading.map((name = '') => ({ name, type: 'varchar' }))
}

/** Athena gives every value as text; those of some types are what they say. */
function readCell(value: string | undefined, type: string): Cell {
  if (value === undefined) return null
  if (/^(?:bigint|integer|smallint|tinyint)$/.test(type) && /^-?\d+$/.test(value))
    return type === 'bigint' ? BigInt(value) : Number(value)
  if (/^(?:double|float|real)$/.test(type) && value !== '' && Number.isFinite(Number(value)))
    return Number(value)
  return type === 'boolean' && /^(?:true|false)$/.test(value) ? value === 'true' : value
}

async function stop(client: AthenaClient, command: StopQueryExecutionCommand): Promise<void> {
  await client.send(command).catch(() => undefined) // it is given up either way
}

function describeRefusal(cause: unknown): HarnessError {
  const name = cause instanceof Error ? cause.name : ''
  const message = describeReason(cause)
  if (name === 'InvalidRequestException')
    return new HarnessError('usage', `Athena refused the query: ${message}`, {
      remedy: 'correct what it names',
      cause,
    })
  if (/Credentials/.test(name))
    return new HarnessError('credentials-missing', `Athena was not asked: ${message}`, {
      remedy: 'set up credentials as for aws athena',
      cause,
    })
  return new HarnessError(
    'upstream-unreachable',
    `Athena did not answer: ${message === '' ? name : message}`,
    {
      remedy:
        'see whether aws athena list-work-groups works, with the same AWS_PROFILE and AWS_REGION',
      cause,
    },
  )
}

async function loadAthena(): Promise<typeof Athena> {
  try {
    return await import('@aws-sdk/client-athena')
  } catch (cause) {
    throw new HarnessError(
      'not-found',
      'To ask Athena its client is needed, and cannot be loaded here.',
      { remedy: 'npm install -D @aws-sdk/client-athena', cause },
    )
  }
}
