import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

import { expect, test } from 'vitest'

import { createRedaction } from '../../src/redaction/index.ts'
import { parseRecording } from '../../src/recording/index.ts'
import { formatUnredacted } from '../suites/unredacted.ts'
import { type Recording } from '../../src/protocol/index.ts'
import { createArchiveWriter } from '../../src/archive/index.ts'
import { askFreely, askPath, build, makeFolder } from './asking.ts'
import { ACCOUNT, makeDay, makeEvent, writeTrail } from './trails.ts'

const SHIPPED = 'recordings/incidents/server-error-task-started.json'

test('lies in folders by region and day, as Athena finds them', async () => {
  const folder = makeFolder()
  const out = join(folder, 'archive')
  await build([writeTrail(join(folder, 'trail'), makeDay())], out)
  const found = readdirSync(out, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.parquet'))
    .toSorted()
  expect(found).toEqual([
    'region=eu-west-1/eventdate=2026-03-02/part-000001-0.parquet',
    'region=eu-west-1/eventdate=2026-03-03/part-000001-0.parquet',
    'region=us-east-1/eventdate=2026-03-03/part-000001-0.parquet',
  ])
  const { rows } = await askPath(
    out,
    `select region, count(*) as n from cloudtrail_logs where eventdate = '2026-03-03' group by region order by region`,
  )
  expect(rows).toEqual([
    ['eu-west-1', 6n],
    ['us-east-1', 1n],
  ])
})

test('makes no folder of what a record says its region or time is', async () => {
  const folder = makeFolder()
  const out = join(folder, 'archive')
  const hostile = [
    makeEvent(1, { awsRegion: '../../x', eventTime: '../2026' }),
    makeEvent(2, { awsRegion: 'eu-west-1/..', eventTime: '2026-99-99T00:00:00Z' }),
  ]
  await build([writeTrail(join(folder, 'trail'), hostile)], out)
  expect(readdirSync(out)).toEqual(['_starttask.json', 'region=unknown'])
  expect(readdirSync(join(out, 'region=unknown'))).toEqual(['eventdate=unknown'])
})

test('holds no account, no address and no key of what was read', async () => {
  const folder = makeFolder()
  const out = join(folder, 'archive')
  const key = 'AK' + 'IAQWERTYUIOPASDFGH'
  const event = makeEvent(1, {
    userIdentity: {
      type: 'IAMUser',
      accountId: ACCOUNT,
      accessKeyId: key,
      arn: `arn:aws:iam::${ACCOUNT}:user/x`,
    },
    additionalEventData: { note: `used ${key}` },
    requestParameters: {
      taskDefinition: 'web:1',
      overrides: {
        containerOverrides: [{ name: 'a', environment: [{ name: 'X', value: 'hunter-2-hunter' }] }],
      },
    },
  })
  await build([writeTrail(join(folder, 'trail'), [event])], out)
  const { rows } = await askPath(out, 'select * from cloudtrail_logs')
  const text = JSON.stringify(rows, (_name, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  )
  for (const secret of [ACCOUNT, key, 'hunter-2-hunter', '198.51.100.7'])
    expect(text).not.toContain(secret)
  expect(text).toContain('web:1')
})

test('says of recordings what they know, and null of the rest', async () => {
  const out = join(makeFolder(), 'archive')
  await build([SHIPPED], out)
  const sql = `select eventsource, eventname, errorcode, starttask_source, starttask_recording, starttask_exchange, starttask_outcome, starttask_status, useridentity is null as u, eventid
    from cloudtrail_logs order by starttask_exchange limit 1`
  expect((await askPath(out, sql)).rows).toEqual([
    [
      'ecs.amazonaws.com',
      'StartTask',
      'ServerException',
      'recording',
      SHIPPED,
      1,
      'rejected',
      500,
      true,
      null,
    ],
  ])
})

test('lets no request without a response look like a success', async () => {
  const folder = makeFolder()
  const recording = parseRecording(readFileSync(SHIPPED, 'utf8'), SHIPPED)
  const [first] = recording.exchanges
  const failed: Recording = {
    ...recording,
    exchanges: first
      ? [
          { ...first, response: { failure: 'reset', code: 'ECONNRESET' } },
          { ...first, response: { status: 502, headers: {}, body: null, bodyText: '<html>' } },
        ]
      : [],
  }
  const file = join(folder, 'failed.json')
  writeFileSync(file, formatUnredacted(failed))
  const { rows } = await askPath(
    file,
    'select errorcode, errormessage, starttask_outcome, responseelements from cloudtrail_logs order by starttask_exchange',
  )
  expect(rows).toEqual([
    ['starttask.no-response', 'reset (ECONNRESET)', 'failed', null],
    ['starttask.unreadable', 'HTTP 502', 'unreadable', null],
  ])
})

test('takes archives of lines, with the times that their heading gives', async () => {
  const folder = makeFolder()
  const { exchanges } = parseRecording(readFileSync(SHIPPED, 'utf8'), SHIPPED)
  const redaction = createRedaction()
  const lines = join(folder, 'lines.ndjson.zst')
  const writer = createArchiveWriter(lines, {
    recordedAt: '2026-03-02T10:00:00.000Z',
    provenance: redaction.redactProvenance({}),
    keys: '',
  })
  for (const exchange of exchanges)
    writer.add(redaction.redactExchange(exchange), Buffer.alloc(32).toString('base64'))
  writer.finish()
  const { rows } = await askPath(
    lines,
    'select count(*) as n, min(eventtime) as first_time from cloudtrail_logs',
  )
  expect(rows[0]?.[0]).toBe(BigInt(exchanges.length))
  expect(rows[0]?.[1]).toMatch(/^2026-03-02T10:0/)
})

test('keeps the digits of numbers that are larger than a double', async () => {
  const folder = makeFolder()
  const trail = join(folder, 'trail.json')
  const text = JSON.stringify({
    Records: [makeEvent(1, { requestParameters: { taskDefinition: 'a', startedBy: 'DIGITS' } })],
  })
  writeFileSync(trail, text.replace('"DIGITS"', '12345678901234567890'))
  const out = join(folder, 'archive')
  await build([trail], out)
  const sql = `select json_extract_scalar(requestparameters, '$.startedBy') as x from cloudtrail_logs`
  expect((await askPath(out, sql)).rows).toEqual([['12345678901234567890']])
})

test('tells what is cut off in a file, and keeps what is whole', async () => {
  const folder = makeFolder()
  const trail = writeTrail(join(folder, 'trail'), makeDay())
  const whole = gzipSync(
    JSON.stringify({ Records: Array.from({ length: 400 }, (_, number) => makeEvent(number)) }),
  )
  const cut = join(trail, 'cut.json.gz')
  writeFileSync(cut, whole.subarray(0, whole.length / 2))
  const out = join(folder, 'archive')
  const { rows, findings } = await build([trail], out)
  expect(rows).toBeGreaterThan(20)
  expect(findings).toContainEqual(
    expect.objectContaining({ file: cut, rule: 'import.cut', severity: 'error' }),
  )
  await expect(askPath(trail, 'select count(*) from cloudtrail_logs')).rejects.toThrow(
    /cut\.json\.gz[\s\S]*starttask incident archive takes what is whole/,
  )
})

test('passes over the digests that CloudTrail puts beside its files, and asks the files where they lie', async () => {
  const trail = writeTrail(makeFolder(), makeDay())
  const digests = join(trail, 'AWSLogs', ACCOUNT, 'CloudTrail-Digest/eu-west-1')
  mkdirSync(digests, { recursive: true })
  writeFileSync(
    join(digests, 'digest.json.gz'),
    gzipSync('{"awsAccountId":"1","digestStartTime":"2026-03-02T00:00:00Z","logFiles":[]}'),
  )
  const { rows } = await askPath(trail, 'select count(*) as n from cloudtrail_logs')
  expect(rows).toEqual([[21n]]) // other services' records too: no archive was made
})

test('is not made where something is already', async () => {
  const folder = makeFolder()
  const trail = writeTrail(join(folder, 'trail'), makeDay())
  const out = join(folder, 'archive')
  mkdirSync(out)
  await expect(build([trail], out)).rejects.toMatchObject({ code: 'usage' })
})

test('is made once where two make it at the same time, and the other says so', async () => {
  const folder = makeFolder()
  const trail = writeTrail(join(folder, 'trail'), makeDay())
  const out = join(folder, 'archive')
  const made = await Promise.allSettled([build([trail], out), build([trail], out)])
  expect(made.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect(made.find(({ status }) => status === 'rejected')).toMatchObject({
    reason: { code: 'write-failed' },
  })
  expect(readdirSync(folder).toSorted()).toEqual(['archive', 'trail'])
  expect(await askFreely(out, 'select count(*) from cloudtrail_logs')).toEqual([[20n - 1n]])
})

test('leaves nothing where nothing was found', async () => {
  const folder = makeFolder()
  const trail = writeTrail(join(folder, 'trail'), [makeEvent(1, { eventName: 'RunTask' })])
  await expect(build([trail], join(folder, 'archive'))).rejects.toMatchObject({
    code: 'recording-invalid',
  })
  expect(readdirSync(folder)).toEqual(['trail'])
})

test('is told from half of one', async () => {
  const folder = makeFolder()
  const out = join(folder, 'archive')
  await build([writeTrail(join(folder, 'trail'), makeDay())], out)
  const unlisted = join(folder, 'unlisted')
  cpSync(out, unlisted, { recursive: true })
  rmSync(join(unlisted, '_starttask.json'))
  await expect(askPath(unlisted, 'select 1')).rejects.toThrow(/half of one/)
  const missing = join(folder, 'missing')
  cpSync(out, missing, { recursive: true })
  rmSync(join(missing, 'region=us-east-1'), { recursive: true })
  await expect(askPath(missing, 'select 1')).rejects.toThrow(/is not there/)
  const short = join(folder, 'short')
  cpSync(out, short, { recursive: true })
  truncateSync(join(short, 'region=us-east-1/eventdate=2026-03-03/part-000001-0.parquet'), 100)
  await expect(askPath(short, 'select 1')).rejects.toThrow(/has 100 bytes/)
})

test('names a damaged file, and no stack', async () => {
  const folder = makeFolder()
  const out = join(folder, 'archive')
  await build([writeTrail(join(folder, 'trail'), makeDay())], out)
  const file = join(out, 'region=us-east-1/eventdate=2026-03-03/part-000001-0.parquet')
  writeFileSync(file, Buffer.alloc(readFileSync(file).length, 7))
  await expect(askPath(out, 'select eventname from cloudtrail_logs')).rejects.toMatchObject({
    code: 'recording-invalid',
  })
})

test('opens no file that a list leads to outside of the archive', async () => {
  const folder = makeFolder()
  const out = join(folder, 'archive')
  await build([writeTrail(join(folder, 'trail'), makeDay())], out)
  const list = join(out, '_starttask.json')
  const listed = 'region=us-east-1/eventdate=2026-03-03/part-000001-0.parquet'
  cpSync(join(out, listed), join(folder, 'outside.parquet'))
  writeFileSync(list, readFileSync(list, 'utf8').replace(listed, '../outside.parquet'))
  await expect(askPath(out, 'select 1')).rejects.toThrow(
    /no list of an archive's files: a file has no path or size/,
  )
})

test('is refused beside what is no archive', async () => {
  const folder = makeFolder()
  const trail = writeTrail(join(folder, 'trail'), makeDay())
  const out = join(folder, 'archive')
  await build([trail], out)
  await expect(askPath(out, 'select 1', { paths: [out, trail] })).rejects.toMatchObject({
    code: 'usage',
  })
  await expect(build([out], join(folder, 'other'))).rejects.toMatchObject({ code: 'usage' })
  expect(existsSync(join(folder, 'other'))).toBe(false)
})

test('has names with signs that mean something to a shell or to SQL', async () => {
  const folder = join(makeFolder(), "it's [1] *")
  const trail = writeTrail(join(folder, 'trail'), makeDay())
  const out = join(folder, 'archive')
  await build([trail], out)
  const sql = 'select count(*) as n from cloudtrail_logs'
  expect((await askPath(out, sql)).rows).toEqual([[19n]])
  expect((await askPath(trail, sql)).rows).toEqual([[21n]])
})

test('says that columns of archives are in no file of CloudTrail', async () => {
  const trail = writeTrail(makeFolder(), makeDay())
  await expect(askPath(trail, 'select starttask_elapsed_ms from cloudtrail_logs')).rejects.toThrow(
    /columns? of archives/,
  )
})

test('gives so many rows as are asked for, and says that there are more', async () => {
  const trail = writeTrail(makeFolder(), makeDay())
  const sql = 'select eventname from cloudtrail_logs'
  expect(await askPath(trail, sql, { limit: 3 })).toMatchObject({
    rows: [['StartTask'], ['StartTask'], ['StartTask']],
    hasMore: true,
  })
  expect((await askPath(trail, sql, { limit: 21 })).hasMore).toBe(false)
})

test('is given up when its signal says so, and leaves nothing', async () => {
  const folder = makeFolder()
  const trail = writeTrail(join(folder, 'trail'), makeDay())
  const { buildParquetArchive } = await import('../../src/query/index.ts')
  const job = {
    paths: [trail],
    out: join(folder, 'archive'),
    operations: ['StartTask'],
    config: { keep: [], redact: [] },
  }
  await expect(buildParquetArchive({ ...job, signal: AbortSignal.abort() })).rejects.toMatchObject({
    name: 'AbortError',
  })
  expect(readdirSync(folder)).toEqual(['trail'])
})

test('interrupts a query under way when its signal says so', async () => {
  const trail = writeTrail(makeFolder(), [makeEvent(1)])
  const controller = new AbortController()
  const begun = process.cpuUsage()
  const watch = setInterval(
    () => void (process.cpuUsage(begun).user > 600_000 && controller.abort()),
    20,
  )
  const sql = 'select count(*) as n from range(100000000000) a, range(1000) b'
  const asked = askPath(trail, sql, { dialect: 'duckdb', signal: controller.signal }).finally(() =>
    clearInterval(watch),
  )
  await expect(asked).rejects.toMatchObject({ name: 'AbortError' })
})
