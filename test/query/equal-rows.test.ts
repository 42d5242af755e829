import { join } from 'node:path'

import { expect, test } from 'vitest'

import { NAMED_QUERIES } from '../../src/query/index.ts'
import { askPath, build, makeFolder } from './asking.ts'
import { INSTANCES, makeDay, makeEvent, writeTrail } from './trails.ts'

const PORTABLE = NAMED_QUERIES.filter(({ needsArchive }) => !needsArchive)

test.each(PORTABLE)(
  'gives the rows of $name that CloudTrail’s own files give from the archive made of them',
  async ({ sql }) => {
    const folder = makeFolder()
    const trail = writeTrail(join(folder, 'trail'), makeDay())
    const archive = join(folder, 'archive')
    await build([trail], archive)
    const ofTrail = await askPath(trail, sql)
    const ofArchive = await askPath(archive, sql)
    expect(ofTrail.rows.length).toBeGreaterThan(0)
    expect(ofArchive.columns).toEqual(ofTrail.columns)
    expect(ofArchive.rows.map(withoutAccounts)).toEqual(ofTrail.rows.map(withoutAccounts))
  },
)

/** What redaction puts in place of an account is the one difference, where whole texts are shown. */
function withoutAccounts(row: readonly unknown[]): unknown[] {
  return row.map((cell) =>
    typeof cell === 'string' ? cell.replaceAll(/(?<=:)\d{12}(?=:)/g, 'account') : cell,
  )
}

test('tells outcomes apart by what CloudTrail keeps', async () => {
  const trail = writeTrail(makeFolder(), makeDay())
  const { rows } = await askPath(trail, find('outcomes'))
  const byOutcome = new Map<unknown, bigint>()
  for (const [, , outcome, count] of rows)
    byOutcome.set(outcome, (byOutcome.get(outcome) ?? 0n) + BigInt(String(count)))
  expect(Object.fromEntries(byOutcome)).toEqual({
    started: 13n,
    rejected: 3n,
    unplaced: 2n,
    partial: 1n,
  })
})

test('names each container instance that got no task, with its reason', async () => {
  const trail = writeTrail(makeFolder(), makeDay())
  const { rows } = await askPath(trail, find('failures'))
  const [one, other] = INSTANCES
  expect(rows.map((row) => row.slice(0, 3))).toEqual([
    [one, 'AGENT', 2n],
    [other, 'RESOURCE:MEMORY', 1n],
    [one, 'MISSING', 1n],
  ])
})

test('finds equal requests within a minute that each started tasks, and no others', async () => {
  const request = { cluster: 'default', containerInstances: ['a'], taskDefinition: 'once:1' }
  const trail = writeTrail(makeFolder(), [
    makeEvent(0, { requestParameters: request }),
    makeEvent(5, { requestParameters: request }),
    makeEvent(30, { requestParameters: request }),
    makeEvent(31, { requestParameters: { ...request, taskDefinition: 'other:1' } }),
  ])
  const { rows } = await askPath(trail, find('repeats'))
  expect(rows.map((row) => row.slice(0, 4))).toEqual([
    ['2026-03-02T23:58:00Z', '2026-03-02T23:58:50Z', 50n, 'once:1'],
  ])
})

test('keeps the structures of CloudTrail’s table, and says no account of it', async () => {
  const folder = makeFolder()
  const trail = writeTrail(join(folder, 'trail'), [makeEvent(1)])
  const archive = join(folder, 'archive')
  await build([trail], archive)
  const sql = `select useridentity.type as t, useridentity.sessioncontext.attributes.mfaauthenticated as m, resources[1].type as r, tlsdetails.tlsversion as v, readonly, eventversion from cloudtrail_logs`
  const expected = [['AssumedRole', 'false', 'AWS::ECS::Cluster', 'TLSv1.3', 'false', '1.08']]
  expect((await askPath(trail, sql)).rows).toEqual(expected)
  expect((await askPath(archive, sql)).rows).toEqual(expected)
})

test('binds parameters, which are never part of the text', async () => {
  const trail = writeTrail(makeFolder(), makeDay())
  const sql =
    'select count(*) as n from cloudtrail_logs where errorcode = :code or errorcode = :code'
  const count = async (code: string) => (await askPath(trail, sql, { parameters: { code } })).rows
  expect(await count('ThrottlingException')).toEqual([[2n]])
  expect(await count("' or '1' = '1")).toEqual([[0n]])
})

function find(name: string): string {
  return NAMED_QUERIES.find((query) => query.name === name)?.sql ?? ''
}
