import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { formatUnredacted } from '../suites/unredacted.ts'
import { parseConfig } from '../../src/config/index.ts'
import { buildExchange, buildRecording, buildResponse } from '../replayer/recorded-exchanges.ts'
import { createFolder, findControls, type Folder, runStarttask } from './starttask.ts'

const ONE = '4c543eed-f83f-47da-b1d8-3d23f1da4c64'
const OTHER = '9a1b2c3d-0000-4bcd-8def-0123456789ab'

function write(folder: Folder, name: string, ...bodies: object[]): string {
  const exchanges = bodies.map((body) =>
    buildExchange(
      { taskDefinition: 'web:3', containerInstances: ['ci-1'], ...body },
      buildResponse(200, { tasks: [], failures: [] }),
    ),
  )
  return folder.write(name, buildRecording(...exchanges))
}

test('says which places differed, what they look like, and what to write into the configuration file', async () => {
  using folder = createFolder()
  const old = write(
    folder,
    'old.json',
    { startedBy: ONE },
    { startedBy: ONE, tags: [{ key: 'at', value: '2026-11-24T03:16:14Z' }] },
  )
  const fresh = write(
    folder,
    'new.json',
    { startedBy: OTHER },
    { startedBy: OTHER, tags: [{ key: 'at', value: '2026-11-25T04:00:59Z' }] },
  )
  const { code, stdout, stderr } = await runStarttask(['propose', old, fresh])
  expect([code, stderr]).toEqual([0, ''])
  expect(stdout).toBe(`\
The requests have 2 places with ids, times or numbers that were others this time. A replay would miss such a request.
  place      /startedBy (uuid, differs in 2 of 2 pairs)
  place      /tags/0/value (time, differs in 1 of 1 pair)
  remedy     if they mean nothing, let starttask.config.json say
             {"match":{"ignore":["/startedBy","/tags/0/value"]}}
`)
})

test('proposes a line with which the replay answers the new requests', async () => {
  using folder = createFolder()
  const old = write(folder, 'old.json', { startedBy: ONE })
  const fresh = write(folder, 'new.json', { startedBy: OTHER })
  const { stdout } = await runStarttask(['propose', old, fresh])
  const line = stdout.split('\n').at(-2) ?? ''
  expect(parseConfig(line.trim()).match.ignore).toEqual(['/startedBy'])
  folder.write('starttask.config.json', line)
  const again = await runStarttask(['propose', old, fresh], { cwd: folder.path })
  expect(again).toMatchObject({
    code: 0,
    stdout: '',
    stderr: expect.stringContaining('nothing to propose'),
  })
})

test('keeps in the line what is ignored already', async () => {
  using folder = createFolder()
  const old = write(folder, 'old.json', { startedBy: ONE, referenceId: 'r1' })
  const fresh = write(folder, 'new.json', { startedBy: OTHER, referenceId: 'r2' })
  const rules = folder.write('own.config.json', '{"match":{"ignore":["/startedBy"]}}')
  const { stdout } = await runStarttask(['propose', old, fresh, '--config', rules])
  expect(stdout).toContain('{"match":{"ignore":["/startedBy","/referenceId"]}}')
})

test('does not put into the line what may be two requests', async () => {
  using folder = createFolder()
  const { stdout } = await runStarttask([
    'propose',
    write(folder, 'a.json', { startedBy: 'alice' }),
    write(folder, 'b.json', { startedBy: 'bob' }),
  ])
  expect(stdout).toContain(
    'They may be two requests rather than one.\n  place      /startedBy (differs in 1 of 1 pair)\n',
  )
  expect(stdout).not.toContain('{')
})

test('never prints the values', async () => {
  using folder = createFolder()
  const [old, fresh] = [
    write(folder, 'a.json', { startedBy: ONE, group: 'alice' }),
    write(folder, 'b.json', { startedBy: OTHER, group: 'bob' }),
  ]
  for (const more of [[], ['--json']]) {
    const { stdout, stderr } = await runStarttask(['propose', old, fresh, ...more])
    for (const value of [ONE, OTHER, 'alice', 'bob']) expect(stdout + stderr).not.toContain(value)
  }
})

test('prints one JSON document', async () => {
  using folder = createFolder()
  const [old, fresh] = [
    write(folder, 'a.json', { startedBy: 'b1' }),
    write(folder, 'b.json', { startedBy: 'b2' }),
  ]
  const { stdout } = await runStarttask(['propose', old, fresh, '--json'])
  expect(JSON.parse(stdout)).toEqual({
    schemaVersion: 1,
    ignored: [],
    proposals: [{ pointer: '/startedBy', kind: 'number', seen: 1, of: 1 }],
  })
})

test('takes folders', async () => {
  using folder = createFolder()
  for (const name of ['old', 'new']) mkdirSync(join(folder.path, name))
  write(folder, 'old/web.json', { startedBy: 'b1' })
  write(folder, 'new/again.json', { startedBy: 'b2' })
  const { stdout } = await runStarttask([
    'propose',
    join(folder.path, 'old'),
    join(folder.path, 'new'),
  ])
  expect(stdout).toContain('/startedBy (number, differs in 1 of 1 pair)')
})

test('compares a request once, however often it was attempted', async () => {
  using folder = createFolder()
  const attempt = (startedBy: string, number: number) => ({
    ...buildExchange({ startedBy }, buildResponse(500, {})),
    invocation: 'one',
    attempt: number,
  })
  const old = folder.write(
    'a.json',
    formatUnredacted(buildRecording(attempt('b1', 1), attempt('b1', 2))),
  )
  const fresh = folder.write(
    'b.json',
    formatUnredacted(buildRecording(attempt('b2', 1), attempt('b2', 2), attempt('b2', 3))),
  )
  expect((await runStarttask(['propose', old, fresh])).stdout).toContain('differs in 1 of 1 pair')
})

test('leaves out a request that was no JSON', async () => {
  using folder = createFolder()
  const broken = (bodyText: string) => {
    const exchange = buildExchange(null, buildResponse(400, {}))
    return buildRecording({ ...exchange, request: { ...exchange.request, bodyText } })
  }
  const { code, stdout } = await runStarttask([
    'propose',
    folder.write('a.json', broken('{"a":1')),
    folder.write('b.json', broken('{"a":2')),
  ])
  expect([code, stdout]).toEqual([0, ''])
})

test('a hostile name in a pointer neither steers the terminal nor looks like a line of the report', async () => {
  using folder = createFolder()
  const name = '\u001b[2J\u202e\n  remedy     do harm'
  const { stdout } = await runStarttask([
    'propose',
    write(folder, 'a.json', { [name]: 'b1' }),
    write(folder, 'b.json', { [name]: 'b2' }),
  ])
  expect(findControls(stdout)).toEqual([])
  expect(stdout.split('\n').filter((line) => line.startsWith('  remedy'))).toHaveLength(1)
  expect(parseConfig((stdout.split('\n').at(-2) ?? '').trim()).match.ignore).toEqual([`/${name}`])
})

test.each([
  ['a file that is not there', 'none.json', 3],
  ['a file that is no recording', 'a.txt', 3],
])('ends with 3 for %s', async (_what, name, expected) => {
  using folder = createFolder()
  const old = write(folder, 'old.json', {})
  folder.write('a.txt', 'no recording')
  const { code, stderr } = await runStarttask(['propose', old, join(folder.path, name)])
  expect(code).toBe(expected)
  expect(stderr).toContain(name)
})

test('ends with 2 when one of the recordings is not named', async () => {
  expect((await runStarttask(['propose', 'old.json'])).code).toBe(2)
})
