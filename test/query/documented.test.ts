import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { formatAthenaTable, NAMED_QUERIES, parseStatement } from '../../src/query/index.ts'
import { askFreely, askPath, build, makeFolder } from './asking.ts'
import { makeDay, writeTrail } from './trails.ts'

const GUIDE = readFileSync('docs/incidents.md', 'utf8')

/** As the guide lists them, with what each is tried on. */
const AGGREGATES =
  'count(1) sum(1) avg(1) min(1) max(1) count_if(true) arbitrary(1) min_by(1,2) max_by(1,2) bool_and(true) bool_or(true) array_agg(1) approx_percentile(1.5,0.5) approx_distinct(1)'
const ALLOWED_IMPORTS =
  'row_number() rank() dense_rank() ntile(2) lag(eventtime) lead(eventtime) first_value(eventtime) last_value(eventtime)'
const SCALARS = [
  `coalesce(1,2) nullif(1,2) cast('1'as@bigint) try_cast('x'as@bigint) try(1) lower('A') upper('a') trim('a') ltrim('a') rtrim('a') length('a') substr('abc',2)`,
  `substring('abc',2) replace('a','b','c') strpos('ab','b') split('a,b',',') reverse('ab') regexp_extract('a','a') regexp_like('a','a')`,
  `json_extract_scalar('{}','$.a') json_array_length('[]') from_iso8601_timestamp('2026-03-02T10:00:00Z')`,
  `to_unixtime(from_iso8601_timestamp(eventtime)) date_trunc('day',from_iso8601_timestamp(eventtime))`,
  `date_diff('day',from_iso8601_timestamp(eventtime),from_iso8601_timestamp(eventtime)) extract(year@from@from_iso8601_timestamp(eventtime))`,
  ...['year', 'month', 'day', 'hour', 'minute', 'second'].map(
    (part) => `${part}(from_iso8601_timestamp(eventtime))`,
  ),
  'abs(-1) round(1.5) floor(1.5) ceil(1.5) power(2,3) sqrt(4) ln(1) log10(1) mod(5,3)',
].join(' ')

const SAMPLES = [
  ...split(AGGREGATES),
  ...split(ALLOWED_IMPORTS).map((call) => `${call} over (order by eventtime)`),
  ...split(SCALARS),
]

function split(calls: string): string[] {
  return calls.split(' ').map((call) => call.replaceAll('@', ' ').replace("'as", "' as"))
}

test('answers each function that the guide calls portable', async () => {
  const trail = writeTrail(makeFolder(), makeDay())
  for (const sample of SAMPLES) await askPath(trail, `select ${sample} as x from cloudtrail_logs`)
  expect(new Set([...SAMPLES.map((sample) => sample.split('(')[0] ?? ''), 'unnest'])).toEqual(
    new Set(listDocumented()),
  )
})

function listDocumented(): string[] {
  const lines = GUIDE.split('\n').filter((line) =>
    /^- `(?:count|coalesce|json_extract_scalar) /.test(line),
  )
  expect(lines).toHaveLength(3)
  return lines.flatMap((line) =>
    [...line.matchAll(/`([^`]+)`/g)].flatMap(([, names = '']) => names.split(' ')),
  )
}

test('takes lists apart as both engines write it', async () => {
  const trail = writeTrail(makeFolder(), makeDay().slice(0, 1))
  const sql = `select part.word from cloudtrail_logs cross join unnest(split('a,b', ',')) as part(word) order by 1`
  expect((await askPath(trail, sql)).rows).toEqual([['a'], ['b']])
})

test('lists the queries that ship in the guide', () => {
  const [, table = ''] = GUIDE.split('| `--named` |')
  const rows = [...(table.split('\n\n')[0] ?? '').matchAll(/^\| `(\w+)` \| /gm)].map(
    ([, name]) => name,
  )
  expect(rows).toEqual(NAMED_QUERIES.map(({ name }) => name))
})

test('makes a table of Athena with the columns, and their order, that an archive’s files have', async () => {
  const folder = makeFolder()
  const archive = join(folder, 'archive')
  await build([writeTrail(join(folder, 'trail'), makeDay())], archive)
  const described = await askFreely(
    archive,
    'select column_name, column_type from (describe select * from cloudtrail_logs)',
  )
  const ddl = formatAthenaTable('s3://b/a/')
  const columns = [...ddl.matchAll(/^ {2}(\w+) (.+?),?$/gm)].map(([, name = '', type = '']) => [
    name,
    type,
  ])
  expect([...columns.map(([name]) => name), 'region', 'eventdate']).toEqual(
    described.map(([name]) => name),
  )
  const asHive = (type: string) =>
    type
      .replaceAll('VARCHAR', 'string')
      .replaceAll('INTEGER', 'int')
      .replaceAll('DOUBLE', 'double')
      .replaceAll('MAP(string, string)', 'map<string,string>')
      .replace(/^(.*)\[\]$/, 'array<$1>')
      .replaceAll('STRUCT(', 'struct<')
      .replaceAll(')', '>')
      .replaceAll(', ', ',')
      .replaceAll(/"?(\w+)"? (?=string|struct|map|int)/g, '$1:')
  expect(columns.map(([, type]) => type)).toEqual(
    described.slice(0, -2).map(([, type]) => asHive(String(type))),
  )
  expect(ddl).toContain(`PARTITIONED BY (region string, eventdate string)`)
})

test('takes the sample of the guide', () => {
  const [, sql = ''] = /--sql "([^"]+)"/.exec(GUIDE) ?? []
  expect(parseStatement({ sql, parameters: { code: 'x' } }, 'portable').values).toEqual(['x'])
})
