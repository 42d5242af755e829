import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { askFreely, askPath, build, makeFolder } from './asking.ts'
import { makeDay, writeTrail } from './trails.ts'

/** DuckDB's own lock is what is shown here: the portable subset refuses most of these before. */
const REACHES_OUT = [
  `select * from read_csv('/etc/passwd')`,
  `select * from read_text('/etc/passwd')`,
  `select * from read_blob('/etc/passwd')`,
  `select * from read_json('/etc/passwd')`,
  `select * from read_parquet('/etc/passwd')`,
  `select * from parquet_metadata('/etc/passwd')`,
  `select * from sniff_csv('/etc/passwd')`,
  `select * from glob('/etc/*')`,
  `select * from '/etc/passwd'`,
  `select getenv('HOME')`,
  `select * from read_csv('https://127.0.0.1/x.csv')`,
  `select * from sqlite_scan('/tmp/x.db', 't')`,
  `with x as (select * from read_csv('/etc/hosts')) select * from x`,
]

test.each(REACHES_OUT)('opens nothing but what was named: %s', async (sql) => {
  const folder = makeFolder()
  const archive = join(folder, 'archive')
  await build([writeTrail(join(folder, 'trail'), makeDay())], archive)
  await expect(askFreely(archive, sql)).rejects.toMatchObject({ code: 'usage' })
})

const DOES_MORE = [
  `copy (select 1) to 'out.csv'`,
  `copy cloudtrail_logs to 'out.parquet'`,
  `attach 'x.db'`,
  `install httpfs`,
  `load httpfs`,
  `pragma database_list`,
  `set enable_external_access = true`,
  `export database 'x'`,
  `create table t as select 1`,
  `drop view cloudtrail_logs`,
  `explain analyze select 1`,
  `call pragma_version()`,
  `select 1; select 2`,
  `select 1; copy (select 1) to 'x'`,
  ``,
  `-- nothing but a remark`,
]

test.each(DOES_MORE)('refuses what is more than one SELECT: %s', async (sql) => {
  const trail = writeTrail(makeFolder(), makeDay())
  await expect(askFreely(trail, sql)).rejects.toMatchObject({ code: 'usage' })
})

test('opens no other file beside those of an archive, even in its folder', async () => {
  const folder = makeFolder()
  const archive = join(folder, 'archive')
  await build([writeTrail(join(folder, 'trail'), makeDay())], archive)
  const beside = join(archive, 'secret.csv')
  writeFileSync(beside, 'a\n1\n')
  await expect(askFreely(archive, `select * from read_csv('${beside}')`)).rejects.toThrow(
    /Permission Error/,
  )
})

test('opens no other file beside those of CloudTrail, even in their folder', async () => {
  const trail = writeTrail(makeFolder(), makeDay())
  const beside = join(trail, 'secret.csv')
  writeFileSync(beside, 'a\n1\n')
  await expect(askFreely(trail, `select * from read_csv('${beside}')`)).rejects.toThrow(
    /Permission Error/,
  )
})

test('leaves an archive’s files as they are where a query tries to write them', async () => {
  const folder = makeFolder()
  const archive = join(folder, 'archive')
  await build([writeTrail(join(folder, 'trail'), makeDay())], archive)
  const { files }: { files: { path: string }[] } = JSON.parse(
    readFileSync(join(archive, '_starttask.json'), 'utf8'),
  )
  const file = join(archive, files[0]?.path ?? '')
  const before = readFileSync(file)
  await expect(
    askFreely(archive, `copy (select 1) to '${file}' (format parquet)`),
  ).rejects.toMatchObject({ code: 'usage' })
  await expect(
    askFreely(archive, `with x as (select 1) copy x to '${file}' (format parquet)`),
  ).rejects.toMatchObject({ code: 'usage' })
  expect(readFileSync(file)).toEqual(before)
})

test('changes no setting from a query', async () => {
  const trail = writeTrail(makeFolder(), makeDay())
  const rows = await askFreely(
    trail,
    `select name, value from duckdb_settings() where name in ('enable_external_access', 'lock_configuration', 'temp_directory') order by name`,
  )
  expect(rows).toEqual([
    ['enable_external_access', 'false'],
    ['lock_configuration', 'true'],
    ['temp_directory', ''],
  ])
})

test('puts nothing on the disk while it asks files that are not redacted', async () => {
  const folder = makeFolder()
  const trail = writeTrail(join(folder, 'trail'), makeDay())
  await askPath(trail, 'select count(*) from cloudtrail_logs')
  expect(existsSync('.tmp')).toBe(false)
})
