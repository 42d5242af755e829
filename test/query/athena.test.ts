import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

import { expect, onTestFinished, test, vi } from 'vitest'

import { askAthena, type AthenaJob, NAMED_QUERIES } from '../../src/query/index.ts'

type ScriptedResponse = { status?: number; body: object }
type Asked = { operation: string; body: Record<string, unknown> }

/** A server that answers as the service's API describes, from a script; it knows no SQL. */
async function startScripted(
  answer: (asked: Asked, before: number) => ScriptedResponse,
): Promise<Asked[]> {
  const asked: Asked[] = []
  const server = createServer((request, response) => {
    void text(request).then((sent) => {
      const operation = String(request.headers['x-amz-target']).split('.')[1] ?? ''
      const one = { operation, body: JSON.parse(sent) }
      const before = asked.filter((other) => other.operation === operation).length
      asked.push(one)
      const { status = 200, body } = answer(one, before)
      response
        .writeHead(status, { 'content-type': 'application/x-amz-json-1.1' })
        .end(JSON.stringify(body))
    })
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
    vi.unstubAllEnvs()
  })
  const { port } = server.address() as AddressInfo
  vi.stubEnv('AWS_ENDPOINT_URL_ATHENA', `http://127.0.0.1:${port}`)
  vi.stubEnv('AWS_REGION', 'eu-west-1')
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'PLACEHOLDER')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'placeholder')
  return asked
}

const INFO = [
  { Name: 'instance', Type: 'varchar' },
  { Name: 'n', Type: 'bigint' },
  { Name: 'share', Type: 'double' },
  { Name: 'isFirst', Type: 'boolean' },
]

function makeRow(...values: (string | undefined)[]): object {
  return { Data: values.map((value) => (value === undefined ? {} : { VarCharValue: value })) }
}

function answerRows({ operation, body }: Asked, before: number): ScriptedResponse {
  if (operation === 'StartQueryExecution') return { body: { QueryExecutionId: 'q-1' } }
  if (operation === 'GetQueryExecution')
    return { body: { QueryExecution: { Status: { State: before < 2 ? 'RUNNING' : 'SUCCEEDED' } } } }
  const metadata = { ColumnInfo: INFO }
  return body['NextToken'] === undefined
    ? {
        body: {
          NextToken: 'more',
          ResultSet: {
            ResultSetMetadata: metadata,
            Rows: [
              makeRow('instance', 'n', 'share', 'isFirst'),
              makeRow('a', '9007199254740993', '0.5', 'true'),
            ],
          },
        },
      }
    : {
        body: {
          ResultSet: {
            ResultSetMetadata: metadata,
            Rows: [
              makeRow(undefined, '2', 'NaN', 'false'),
              makeRow('instance', 'n', 'share', 'isFirst'),
            ],
          },
        },
      }
}

const JOB: AthenaJob = { sql: 'select 1', database: 'logs', wait: () => Promise.resolve() }

test('sends the text that DuckDB is given, with values as literals beside it', async () => {
  const asked = await startScripted(answerRows)
  const sql = 'select * from cloudtrail_logs where errorcode = :code and useragent = :agent'
  await askAthena({
    ...JOB,
    sql,
    parameters: { agent: "it's", code: "x' or '1'='1" },
    outputLocation: 's3://results/',
    workgroup: 'team',
  })
  expect(asked[0]?.body).toMatchObject({
    QueryString: 'select * from cloudtrail_logs where errorcode = ? and useragent = ?',
    ExecutionParameters: ["'x'' or ''1''=''1'", "'it''s'"],
    QueryExecutionContext: { Database: 'logs' },
    ResultConfiguration: { OutputLocation: 's3://results/' },
    WorkGroup: 'team',
  })
})

test.each(NAMED_QUERIES)('sends the query $name as it stands', async ({ sql }) => {
  const asked = await startScripted(answerRows)
  await askAthena({ ...JOB, sql })
  expect(asked[0]?.body['QueryString']).toBe(sql)
  expect(asked[0]?.body).not.toHaveProperty('ExecutionParameters')
})

test('waits until the query has ended, and reads page after page, each value as its type says', async () => {
  const asked = await startScripted(answerRows)
  const states: string[] = []
  const { columns, rows, hasMore } = await askAthena({
    ...JOB,
    onProgress: (state) => states.push(state),
  })
  expect(states).toEqual(['RUNNING', 'RUNNING'])
  expect(columns.map(({ name }) => name)).toEqual(['instance', 'n', 'share', 'isFirst'])
  expect(rows).toEqual([
    ['a', 9007199254740993n, 0.5, true],
    [null, 2n, 'NaN', false],
    ['instance', 'n', 'share', 'isFirst'],
  ])
  expect(hasMore).toBe(false)
  expect(asked.at(-1)?.body).toMatchObject({ QueryExecutionId: 'q-1', NextToken: 'more' })
})

test('reads no more pages than rows are wanted of', async () => {
  const asked = await startScripted(answerRows)
  expect(await askAthena({ ...JOB, limit: 1 })).toMatchObject({
    rows: [['a', 9007199254740993n, 0.5, true]],
    hasMore: true,
  })
  expect(
    asked.filter(({ operation }) => operation === 'GetQueryResults').length,
  ).toBeLessThanOrEqual(2)
})

test('tells why a query failed', async () => {
  await startScripted((one, before) =>
    one.operation === 'GetQueryExecution'
      ? {
          body: {
            QueryExecution: {
              Status: { State: 'FAILED', StateChangeReason: 'TABLE_NOT_FOUND: cloudtrail_logs' },
            },
          },
        }
      : answerRows(one, before),
  )
  await expect(askAthena(JOB)).rejects.toThrow(
    expect.objectContaining({ code: 'usage', message: expect.stringContaining('TABLE_NOT_FOUND') }),
  )
})

test.each([
  ['InvalidRequestException', 'usage'],
  ['AccessDeniedException', 'upstream-unreachable'],
])('tells %s as %s', async (name, code) => {
  await startScripted(() => ({ status: 400, body: { __type: name, message: 'no' } }))
  await expect(askAthena(JOB)).rejects.toMatchObject({ code })
})

test('stops a query that is given up', async () => {
  const controller = new AbortController()
  const asked = await startScripted((one, before) =>
    one.operation === 'GetQueryExecution'
      ? { body: { QueryExecution: { Status: { State: 'RUNNING' } } } }
      : answerRows(one, before),
  )
  const wait = () => {
    controller.abort()
    return Promise.resolve()
  }
  await expect(askAthena({ ...JOB, wait, signal: controller.signal })).rejects.toMatchObject({
    name: 'AbortError',
  })
  expect(asked.at(-1)).toEqual({
    operation: 'StopQueryExecution',
    body: { QueryExecutionId: 'q-1' },
  })
})

test('sends nothing that is not portable', async () => {
  const asked = await startScripted(answerRows)
  await expect(
    askAthena({ ...JOB, sql: 'select eventtime::date from cloudtrail_logs' }),
  ).rejects.toMatchObject({ code: 'usage' })
  await expect(askAthena({ ...JOB, sql: 'drop table cloudtrail_logs' })).rejects.toMatchObject({
    code: 'usage',
  })
  expect(asked).toEqual([])
})
