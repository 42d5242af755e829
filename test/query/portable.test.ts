import { expect, test } from 'vitest'

import { NAMED_QUERIES, parseStatement } from '../../src/query/index.ts'
import { askPath, makeFolder } from './asking.ts'
import { makeEvent, writeTrail } from './trails.ts'

test.each(NAMED_QUERIES)('ships $name in the portable subset', ({ sql }) => {
  expect(parseStatement({ sql }, 'portable')).toEqual({ text: sql, values: [] })
})

const REFUSED: readonly (readonly [sql: string, remedy: RegExp])[] = [
  [`select eventtime::timestamp from cloudtrail_logs`, /write cast/],
  [`select requestparameters->>'$.cluster' from cloudtrail_logs`, /json_extract_scalar/],
  [`select * from cloudtrail_logs qualify row_number() over () = 1`, /WHERE/],
  [`select * exclude (eventid) from cloudtrail_logs`, /portable/],
  [`select eventname, count(*) from cloudtrail_logs group by all`, /name what it is by/],
  [`select * from read_csv('/etc/passwd')`, /functions that are portable/],
  [`select * from '/etc/passwd'`, /ask cloudtrail_logs/],
  [`select getenv('HOME')`, /functions that are portable/],
  [`select x from cloudtrail_logs where x ilike 'a'`, /LIKE/],
  [`select e'\\n'`, /write '…'/],
  [`select $1`, /write :name/],
  [`select $$text$$`, /write texts/],
  [`select {'a': 1}`, /structures/],
  [`select 1 == 1`, /write =/],
  [`select main.read_text('x')`, /functions/],
  [`select greatest(1, null)`, /functions/],
  [`select system.main.regexp_extract('a', 'x')`, /functions/],
  [`select lower(eventname) as x, list_transform([1], x -> x)`, /functions/],
]

test.each(REFUSED)('refuses %s with the place and what to write', (sql, remedy) => {
  const parse = () => parseStatement({ sql }, 'portable')
  expect(parse).toThrow(expect.objectContaining({ code: 'usage' }))
  expect(parse).toThrow(remedy)
  expect(parse).toThrow(/place {6}line 1, column \d+: /)
})

test('takes for no SQL what stands in texts, names and remarks', () => {
  const sql = `select 'a::b; drop :x ? it''s' as "read_csv(:y)" -- :z ;
  /* copy ( */ from cloudtrail_logs`
  expect(parseStatement({ sql }, 'portable')).toEqual({ text: sql, values: [] })
})

test('gives each parameter its place, in order, and the end no semicolon', () => {
  const sql = `select 1 from cloudtrail_logs where a = :from and b < :to and c = :from;`
  expect(parseStatement({ sql, parameters: { from: 'x', to: "y'" } }, 'portable')).toEqual({
    text: 'select 1 from cloudtrail_logs where a = ? and b < ? and c = ?',
    values: ['x', "y'", 'x'],
  })
})

test.each([
  ['select :a', {}, /no value/],
  ['select 1', { a: 'x' }, /holds no :a/],
  ['select ?', {}, /without a name/],
  ["select 'open", {}, /a text begins and does not end/],
  ['select /* open', {}, /a comment begins and does not end/],
  ['select "open', {}, /a name begins and does not end/],
  ['select :toString', {}, /no value/],
])('refuses %s', (sql, parameters, message) => {
  expect(() => parseStatement({ sql, parameters }, 'portable')).toThrow(message)
})

/** As Trino's function reference describes them; the same texts are not run on Trino here. */
const MEANINGS: readonly (readonly [expression: string, value: unknown])[] = [
  [`json_extract_scalar('{"a":{"b":1}}', '$.a')`, null],
  [`json_extract_scalar('{"a":[1]}', '$.a')`, null],
  [`json_extract_scalar('{"a":null}', '$.a')`, null],
  [`json_extract_scalar('{"a":true}', '$.a')`, 'true'],
  [`json_extract_scalar('{"a":12345678901234567890}', '$.a')`, '12345678901234567890'],
  [`json_extract_scalar('no json', '$.a')`, null],
  [`json_array_length('[1,2]')`, 2n],
  [`json_array_length('{}')`, null],
  [`json_array_length('no json')`, null],
  [`7 / 2`, 3],
  [`regexp_extract('abc', 'x')`, null],
  [`regexp_extract('a/b', '[^/]+$')`, 'b'],
  [`regexp_like('abc', 'b')`, true],
  [
    `date_diff('second', from_iso8601_timestamp('2026-03-02T10:00:00.900Z'), from_iso8601_timestamp('2026-03-02T10:00:01.100Z'))`,
    0n,
  ],
  [
    `date_diff('minute', from_iso8601_timestamp('2026-03-02T10:00:59Z'), from_iso8601_timestamp('2026-03-02T10:02:00Z'))`,
    1n,
  ],
  [`to_unixtime(from_iso8601_timestamp('1970-01-01T00:00:01.5Z'))`, 1.5],
  [`hour(from_iso8601_timestamp('2026-03-02T10:00:00Z'))`, 10n],
  [`cast(9007199254740993 as bigint)`, 9007199254740993n],
]

test.each(MEANINGS)('gives %s the meaning that Trino documents', async (expression, value) => {
  const trail = writeTrail(makeFolder(), [makeEvent(1)])
  expect((await askPath(trail, `select ${expression} as x from cloudtrail_logs`)).rows).toEqual([
    [value],
  ])
})
