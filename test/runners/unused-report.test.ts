import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { HarnessError } from '../../src/message/index.ts'
import { unusedRecordings } from '../../src/runners/vitest-reporter.ts'

const ARTIFACT = 'starttask-harness:replay'

interface Played {
  path: string
  exchanges?: number
  used?: number[]
  unused?: number[]
}

/** A test as vitest hands it to a reporter. */
const createTest = (recordings: readonly Played[]) => ({
  artifacts: () => [
    { type: 'other:one', recordings: 1 },
    {
      type: ARTIFACT,
      recordings: recordings.map((one) => ({ exchanges: 3, used: [], unused: [], ...one })),
    },
  ],
})

interface Run {
  tests: ReturnType<typeof createTest>[]
  root?: string
  config?: object
  specification?: object
  task?: object
  all?: number
  errors?: object[]
  reason?: string
  isFine?: boolean
}

/** What the reporter prints at the end of a run of one file; vitest itself runs it in test/long/vitest-reporter.test.ts. */
const report = async (
  run: Run,
  options: Parameters<typeof unusedRecordings>[0] = {},
): Promise<string> => {
  const {
    tests,
    root = '/project',
    config = {},
    specification = {},
    task = {},
    all = 1,
    errors = [],
    reason = 'passed',
    isFine = true,
  } = run
  const printed: string[] = []
  const vitest = {
    config: { root, project: [], ...config },
    logger: { error: (text: string) => printed.push(text) },
    globTestSpecifications: () => Promise.resolve(Array.from({ length: all })),
  }
  const hooks: Record<string, ((...args: unknown[]) => unknown) | undefined> = {
    ...unusedRecordings(options),
  } as never
  hooks['onInit']?.(vitest)
  hooks['onTestRunStart']?.([specification])
  await hooks['onTestRunEnd']?.(
    [{ task, ok: () => isFine, children: { allTests: () => tests } }],
    errors,
    reason,
  )
  return printed.join('\n')
}

const USED = createTest([{ path: '/project/recordings/a.json', used: [1], unused: [2, 3] }])
const LEFT = { tests: [USED] }

test('tells what no test of any worker played', async () => {
  const other = createTest([
    { path: '/project/recordings/a.json', used: [3], unused: [1, 2] },
    { path: '/project/recordings/b.json', exchanges: 1, used: [1] },
  ])
  expect(await report({ tests: [USED, other] })).toBe(
    [
      '',
      'starttask: 1 recorded exchange not played by any test.',
      '  unused     recordings/a.json #2 of 3',
      '  remedy     remove what is no longer needed: STARTTASK_USAGE=DIR npx vitest run, then starttask prune PATH --usage DIR',
    ].join('\n'),
  )
})

test('is silent where all was played', async () => {
  const rest = createTest([{ path: '/project/recordings/a.json', used: [2, 3], unused: [1] }])
  expect(await report({ tests: [USED, rest] })).toBe('')
})

test('tells nothing of what a file with a failed test did not come to', async () => {
  expect(await report({ ...LEFT, isFine: false })).toBe('')
})

test('names files that no test loaded', async () => {
  const root = mkdtempSync(join(tmpdir(), 'starttask-orphans-'))
  mkdirSync(join(root, 'recordings/deep'), { recursive: true })
  for (const name of ['a.json', 'deep/b.json', 'c.ndjson', 'notes.txt'])
    writeFileSync(join(root, 'recordings', name), '{}')
  const loaded = createTest([{ path: join(root, 'recordings/a.json'), used: [1, 2, 3] }])
  expect(await report({ root, tests: [loaded] })).toMatch(
    /^\nstarttask: 2 recordings not loaded by any test\.\n {2}orphan {5}recordings\/c\.ndjson\n {2}orphan {5}recordings\/deep\/b\.json\n {2}remedy/,
  )
  expect(
    await report({ root, tests: [loaded] }, { recordings: ['recordings/deep', 'nowhere'] }),
  ).toMatch(/^\nstarttask: 1 recording not loaded by any test/)
})

test.for([
  ['a name', { config: { testNamePattern: /a/ } }],
  ['a shard', { config: { shard: { index: 1, count: 2 } } }],
  ['tags', { config: { tagsFilter: ['slow'] } }],
  ['a project', { config: { project: ['unit'] } }],
  ['some files', { all: 2 }],
  ['a line', { specification: { testLines: [3] } }],
  ['ids of tests', { specification: { testIds: ['1'] } }],
  ['only', { task: { containsOnly: true } }],
  ['errors beside tests', { errors: [{}] }],
  ['an interruption', { reason: 'interrupted' }],
] as const)('is silent where the run was limited by %s', async ([, limit]) => {
  expect(await report(LEFT)).not.toBe('')
  expect(
    await report({ ...LEFT, ...limit, errors: [...('errors' in limit ? limit.errors : [])] }),
  ).toBe('')
})

test('fails the run where it is asked to, and only then', async () => {
  const before = process.exitCode
  await report(LEFT)
  expect(process.exitCode).toBe(before)
  await report(LEFT, { whenUnused: 'fail' })
  const after = process.exitCode
  process.exitCode = before
  expect(after).toBe(1)
})

test('prints nothing that steers a terminal', async () => {
  const hostile = createTest([
    { path: '/project/recordings/\u001b[2J\nstarttask: all fine.json', unused: [1] },
  ])
  expect(await report({ tests: [hostile] })).toContain(
    String.raw`recordings/\u001b[2J\nstarttask: all fine.json #1 of 3`,
  )
})

test('refuses an option that does not exist', () => {
  // @ts-expect-error an option that does not exist
  expect(() => unusedRecordings({ fail: true })).toThrow(HarnessError)
  // @ts-expect-error a value that does not exist
  expect(() => unusedRecordings({ whenUnused: 'throw' })).toThrow(
    "The option whenUnused is 'report' or 'fail'.",
  )
})
