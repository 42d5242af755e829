import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { expect, test } from 'vitest'

import {
  buildResponse,
  buildExchange,
  buildInput,
  buildRecording,
} from '../replayer/recorded-exchanges.ts'
import { createFolder, findControls, runStarttask } from './starttask.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const HOSTILE = 'a\tb\n::error::c\u001b[31m\u202e'

/** The lines of a `--plain` run, each as its fields; every line has as many as the help says. */
const readRecords = (stdout: string, fields: number): string[][] => {
  const records = stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => line.split('\t'))
  for (const record of records) expect(record).toHaveLength(fields)
  expect(findControls(stdout)).toEqual([])
  return records
}

test('check prints one line a finding, infos among them, and no summary', async () => {
  using folder = createFolder()
  folder.write(
    'a.ndjson',
    `${JSON.stringify(buildInput('a'))}\n${JSON.stringify({ ...buildInput('a'), [HOSTILE]: 1 })}\n`,
  )
  const { code, stdout, stderr } = await runStarttask(['check', '--plain', 'a.ndjson'], {
    cwd: folder.path,
    env: { GITHUB_ACTIONS: 'true' },
  })
  const records = readRecords(stdout, 8)
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
  expect(records.filter(([severity]) => severity === 'info').length).toBeGreaterThan(4)
  expect(records.filter(([severity]) => severity === 'error')).toMatchObject([
    [
      'error',
      'a.ndjson',
      '2',
      '',
      expect.stringContaining('::error::c'),
      'request.unknownMember',
      expect.any(String),
      expect.any(String),
    ],
  ])
})

test('check prints nothing in a plain form where nothing is found', async () => {
  const full = {
    ...buildInput('a'),
    cluster: 'default',
    group: 'g',
    propagateTags: 'NONE',
    taskDefinition: 'web:1',
  }
  expect(
    await runStarttask(['check', '--plain', '-'], { input: JSON.stringify(full) }),
  ).toMatchObject({ code: 0, stdout: '', stderr: '' })
})

test('scan prints one line a secret', async () => {
  using folder = createFolder()
  const token = ['ghp', 'a1B2c3D4e5F6'.repeat(3)].join('_')
  folder.write('a\tb.log', `fine\n${token}\n`)
  const { code, stdout } = await runStarttask(['scan', '--plain', 'a\tb.log'], { cwd: folder.path })
  expect(code).toBe(1)
  expect(readRecords(stdout, 5)).toMatchObject([
    [String.raw`a\tb.log`, '', '2', '', expect.any(String)],
  ])
  expect(stdout).not.toContain(token)
})

test('scan begins no line with what GitHub Actions takes for a command, whatever a file is called', async () => {
  using folder = createFolder()
  const token = ['ghp', 'a1B2c3D4e5F6'.repeat(3)].join('_')
  for (const name of ['::error::x', ' ::error::x', 'a\n::error::x', '##[error]x'])
    folder.write(`${name}.log`, token)
  for (const more of [[], ['--plain'], ['--json']]) {
    const { code, stdout, stderr } = await runStarttask(
      ['scan', '.', 'missing\n::error::x', ...more],
      { cwd: folder.path },
    )
    expect(code).toBe(1)
    expect(stdout + stderr).toMatch(/error::x/)
    expect(stdout + stderr).not.toMatch(/^\s*::|##\[/m)
  }
})

test('tells no error in a line that GitHub Actions takes for a command', async () => {
  const { code, stderr } = await runStarttask(['check', 'a\n  ::error::x\n##[error]y'])
  expect(code).toBe(3)
  expect(stderr).toMatch(/error::x/)
  expect(stderr).not.toMatch(/^\s*::|##\[/m)
})

test('explain prints what answers, or each difference to the closest request', async () => {
  using folder = createFolder()
  const recording = folder.write(
    'r.json',
    buildRecording(buildExchange(buildInput('a'), buildResponse(200, { tasks: [], failures: [] }))),
  )
  const explain = (body: object) =>
    runStarttask(['explain', '-', recording, '--plain'], { input: JSON.stringify(body) })
  const found = await explain(buildInput('a'))
  const missed = await explain({ ...buildInput('a'), taskDefinition: HOSTILE })
  expect(found.code).toBe(0)
  expect(readRecords(found.stdout, 5)).toEqual([['match', recording, '1', '', '']])
  expect(missed.code).toBe(1)
  expect(readRecords(missed.stdout, 5)).toMatchObject([
    ['body', recording, '1', '/taskDefinition', expect.stringContaining('error')],
  ])
})

test('propose prints one line a place', async () => {
  using folder = createFolder()
  const record = (startedBy: string) =>
    buildRecording(
      buildExchange(
        { ...buildInput('a'), startedBy },
        buildResponse(200, { tasks: [], failures: [] }),
      ),
    )
  const files = [
    folder.write('a.json', record('job-1111')),
    folder.write('b.json', record('job-2222')),
  ]
  const { stdout } = await runStarttask(['propose', ...files, '--plain'])
  expect(readRecords(stdout, 4)).toMatchObject([['/startedBy', expect.any(String), '1', '1']])
})

test('coverage prints one line a name, and all of them', async () => {
  const { stdout } = await runStarttask(['coverage', join(root, 'recordings/started'), '--plain'])
  const json = await runStarttask(['coverage', join(root, 'recordings/started'), '--json'])
  const report: Record<string, { missing?: string[]; seen?: object[] }> = JSON.parse(json.stdout)
  const records = readRecords(stdout, 4)
  for (const state of ['touched', 'missing'] as const) {
    const count = Object.values(report).reduce(
      (sum, { missing = [], seen = [] }) => sum + (state === 'missing' ? missing : seen).length,
      0,
    )
    expect(count).toBeGreaterThan(0)
    expect(records.filter(([, told]) => told === state)).toHaveLength(count)
  }
})

test('drift prints one line a difference, and one for a source that cannot be read', async () => {
  using folder = createFolder()
  const sdk = await runStarttask(['drift', '--sdk', '--plain'], { cwd: root })
  const json = await runStarttask(['drift', '--sdk', '--json'], { cwd: root })
  const { drift }: { drift: unknown[] } = JSON.parse(json.stdout)
  expect(drift.length).toBeGreaterThan(0)
  expect(readRecords(sdk.stdout, 7)).toHaveLength(drift.length)
  const none = await runStarttask(['drift', '--sdk', '--plain'], { cwd: folder.path })
  expect(none.code).toBe(3)
  expect(readRecords(none.stdout, 7)).toMatchObject([
    [
      '@aws-sdk/client-ecs',
      'error',
      'unread',
      '',
      '',
      'new',
      expect.stringContaining('not installed'),
    ],
  ])
})

test('incident timeline prints one line an event', async () => {
  const { code, stdout } = await runStarttask([
    'incident',
    'timeline',
    join(root, 'recordings/incidents/throttling-storm.json'),
    '--plain',
  ])
  const records = readRecords(stdout, 7)
  expect(code).toBe(0)
  expect(records.length).toBeGreaterThan(1)
  expect(records.map(([number]) => number)).toEqual(records.map((_, index) => String(index + 1)))
  expect(records[0]).toMatchObject([
    '1',
    expect.stringMatching(/^\d/),
    'attempt',
    'StartTask',
    expect.any(String),
    expect.any(String),
    expect.stringContaining('throttling'),
  ])
})

test('pact check prints one line a finding', async () => {
  const { code, stdout } = await runStarttask([
    'pact',
    'check',
    join(root, 'contracts/pacts'),
    '--plain',
  ])
  expect(code).toBe(0)
  readRecords(stdout, 8)
})
