import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import {
  AthenaClient,
  GetQueryExecutionCommand,
  ListQueryExecutionsCommand,
} from '@aws-sdk/client-athena'
import { describe, expect, inject, test } from 'vitest'

import { type Moto, startMoto } from '../../scripts/recordings/moto.ts'
import { NAMED_QUERIES } from '../../src/query/index.ts'
import { createFolder, type Run, runStarttask } from '../cli/starttask.ts'
import { ACCOUNT, makeDay, makeEvent } from '../query/trails.ts'

const { moto } = inject('programs')
const CREDENTIALS = { accessKeyId: 'placeholder', secretAccessKey: 'placeholder' }
const REGION = 'us-east-1'

/** Runs the command as a user does whose credentials are in the environment; the endpoints alone are moto's. */
function runWithAws(
  args: readonly string[],
  { url }: Moto,
  env: Record<string, string> = {},
): Promise<Run> {
  const aws = {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: 'placeholder',
    AWS_SECRET_ACCESS_KEY: 'placeholder',
  }
  return runStarttask(args, { env: { ...aws, AWS_EC2_METADATA_DISABLED: 'true', ...env } })
}

async function fillBucket(
  { url }: Moto,
  bucket: string,
  objects: Record<string, Uint8Array>,
): Promise<void> {
  const client = new S3Client({
    endpoint: url,
    region: REGION,
    credentials: CREDENTIALS,
    forcePathStyle: true,
  })
  await client.send(new CreateBucketCommand({ Bucket: bucket }))
  for (const [Key, Body] of Object.entries(objects))
    await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body }))
  client.destroy()
}

function packRecords(Records: readonly object[]): Uint8Array {
  return gzipSync(JSON.stringify({ Records }))
}

describe.skipIf(!moto)('with moto_server (needs it)', () => {
  test('makes an archive of objects in S3, more than one page of them, and no file holds the account', async () => {
    await using server = await startMoto()
    using folder = createFolder()
    const day = makeDay()
    const objects = Object.fromEntries(
      Array.from({ length: 1005 }, (_, index) => [
        `AWSLogs/${ACCOUNT}/CloudTrail/eu-west-1/2026/03/02/${String(index).padStart(5, '0')}.json.gz`,
        packRecords(index < day.length ? [day[index] ?? {}] : []),
      ]),
    )
    await fillBucket(server, 'my-trail', {
      ...objects,
      'AWSLogs/readme.txt': Buffer.from('none'),
      'other/x.json.gz': packRecords(day),
    })
    const out = join(folder.path, 'archive')
    const temporary = join(folder.path, 'tmp')

    const made = await runWithAws(
      ['incident', 'archive', 's3://my-trail/AWSLogs/', '--out', out, '--json'],
      server,
      { TMPDIR: temporary },
    )
    expect(made.code).toBe(0)
    expect(JSON.parse(made.stdout)).toMatchObject({ rows: 19, findings: [] })
    const asked = await runStarttask(['incident', 'query', out, '--named', 'outcomes', '--json'])
    const rows = JSON.parse(asked.stdout).rows
    expect(rows).toContainEqual(['2026-03-03T00:00', 'jobs', 'partial', 1])
    for (const name of readdirSync(folder.path, { recursive: true, encoding: 'utf8' }).filter(
      (file) => /\.(?:parquet|json)$/.test(file),
    ))
      expect(readFileSync(join(folder.path, name), 'latin1')).not.toContain(ACCOUNT)
  })

  test('asks objects in S3 by way of a passing archive', async () => {
    await using server = await startMoto()
    using folder = createFolder()
    await fillBucket(server, 'my-trail', { 'a.json.gz': packRecords(makeDay()) })
    const { code, stdout } = await runWithAws(
      ['incident', 'query', 's3://my-trail/', '--named', 'errors', '--json'],
      server,
      {
        TMPDIR: folder.path,
      },
    )
    expect(code).toBe(0)
    expect(JSON.parse(stdout).rows).toHaveLength(2)
    expect(readdirSync(folder.path).filter((name) => name !== 'node-compile-cache')).toEqual([])
  })

  test('names an object that is cut off, and keeps what is whole of it', async () => {
    await using server = await startMoto()
    using folder = createFolder()
    const whole = packRecords(
      Array.from({ length: 2000 }, (_, number) =>
        makeEvent(number, { eventID: createHash('sha256').update(`${number}`).digest('hex') }),
      ),
    )
    await fillBucket(server, 'my-trail', { 'cut.json.gz': whole.subarray(0, whole.length / 2) })
    const { code, stderr } = await runWithAws(
      ['incident', 'archive', 's3://my-trail/', '--out', join(folder.path, 'archive')],
      server,
    )
    expect(stderr).toMatch(/s3:\/\/my-trail\/cut\.json\.gz.*cannot be read/)
    expect(code).toBe(1)
  })

  test('ends with 3 where there is no such bucket', async () => {
    await using server = await startMoto()
    using folder = createFolder()
    const { code, stderr } = await runWithAws(
      ['incident', 'archive', 's3://no-such/', '--out', join(folder.path, 'archive')],
      server,
    )
    expect(stderr).toMatch(/S3 did not list s3:\/\/no-such\//)
    expect(code).toBe(3)
  })

  // moto runs no SQL: it gives the rows that it was told to give. So this shows that the text arrives as it is, with its values beside it, in the way that the SDK's own client
  // sends it, and that rows come back and become a recording; not that Athena understands the text, nor how it counts or pages. That DuckDB understands it is shown elsewhere.
  test('sends a query to Athena as it stands, and makes a recording of the rows that come back', async () => {
    await using server = await startMoto()
    using folder = createFolder()
    const names = [
      'eventversion',
      'eventtime',
      'eventsource',
      'eventname',
      'errorcode',
      'requestparameters',
      'responseelements',
      'requestid',
    ]
    const events = [
      makeEvent(1),
      makeEvent(2, {
        errorCode: 'AccessDenied',
        errorMessage: 'no',
        requestParameters: null,
        responseElements: null,
      }),
    ]
    const rows = events.map((event) => ({ Data: names.map((name) => describeCell(event, name)) }))
    await fetch(`${server.url}/moto-api/static/athena/query-results`, {
      method: 'POST',
      body: JSON.stringify({
        region: REGION,
        results: [
          {
            rows: [{ Data: names.map((VarCharValue) => ({ VarCharValue })) }, ...rows],
            column_info: names.map((Name) => ({
              CatalogName: 'hive',
              SchemaName: '',
              TableName: '',
              Name,
              Label: Name,
              Type: 'varchar',
              Precision: 1,
              Scale: 0,
              Nullable: 'UNKNOWN',
              CaseSensitive: true,
            })),
          },
        ],
      }),
    })
    const sql = (NAMED_QUERIES.find(({ name }) => name === 'events')?.sql ?? '').replace(
      'order by',
      'and useragent <> :agent order by',
    )
    const out = join(folder.path, 'incident.json')
    const run = await runWithAws(
      [
        'incident',
        'query',
        '--sql',
        sql,
        '--param',
        "agent=it's",
        '--engine',
        'athena',
        '--database',
        'logs',
        '--output-location',
        's3://results/',
        '--import',
        out,
      ],
      server,
    )
    expect(run).toMatchObject({ code: 0 })
    const {
      exchanges,
    }: { exchanges: { response: { status: number; body: Record<string, unknown> } }[] } =
      JSON.parse(readFileSync(out, 'utf8'))
    expect(exchanges.map(({ response }) => response.status)).toEqual([200, 400])
    expect(exchanges[1]?.response.body['__type']).toBe('AccessDeniedException')
    const { Query, ExecutionParameters } = await readExecution(server)
    expect(Query).toBe(sql.replace(':agent', '?'))
    expect(ExecutionParameters).toEqual(["'it''s'"])
  })
})

function describeCell(
  event: Readonly<Record<string, unknown>>,
  name: string,
): { VarCharValue?: string } {
  const value = Object.entries(event).find(([member]) => member.toLowerCase() === name)?.[1]
  if (value === undefined || value === null) return {}
  return { VarCharValue: typeof value === 'string' ? value : JSON.stringify(value) }
}

async function readExecution({ url }: Moto) {
  const client = new AthenaClient({ endpoint: url, region: REGION, credentials: CREDENTIALS })
  const { QueryExecutionIds = [] } = await client.send(new ListQueryExecutionsCommand({}))
  const { QueryExecution } = await client.send(
    new GetQueryExecutionCommand({ QueryExecutionId: QueryExecutionIds[0] }),
  )
  client.destroy()
  return QueryExecution ?? {}
}
