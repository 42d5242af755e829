import { expect, test } from 'vitest'

import { createProject, runVitest } from '../runners/sample-project.ts'

const SAMPLE = 'recordings/started/page-sample.json'

const TEST = (recordings: string, call = '') => `
import { test } from 'starttask-harness/vitest'
import { expect } from 'vitest'
import { launch } from '../launch.ts'
test.override({ recordings: '${recordings}' })
test('one', async ({ replay }) => { ${call}; expect(replay.all().length).toBeGreaterThan(0) })
test('two', async ({ replay }) => { expect(replay.unused()).not.toBeUndefined() })
`

const LAUNCH = `import { ECSClient, StartTaskCommand } from '@aws-sdk/client-ecs'
export const launch = (requestHandler) => new ECSClient({ region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' }, requestHandler })
  .send(new StartTaskCommand({ taskDefinition: 'hello_world', containerInstances: ['4c543eed-f83f-47da-b1d8-3d23f1da4c64'] }))
`

const CONFIG = (
  options = '',
) => `import { unusedRecordings } from 'starttask-harness/vitest-reporter'
import { defineConfig } from 'vitest/config'
export default defineConfig({ test: {
  reporters: ['default', unusedRecordings(${options})],
  projects: [
    { extends: true, test: { name: 'threads', include: ['threads/*.test.ts'], pool: 'threads' } },
    { extends: true, test: { name: 'forks', include: ['forks/*.test.ts'], pool: 'forks' } },
  ],
} })
`

/** Two projects, in threads and in processes; one plays what both load, and nobody loads the rest. */
const createSuite = (options = "{ recordings: 'recordings/started' }"): string =>
  createProject({
    'launch.ts': LAUNCH,
    'vitest.config.ts': CONFIG(options),
    'threads/a.test.ts': TEST(SAMPLE),
    'forks/b.test.ts': TEST(SAMPLE, 'await launch(replay.requestHandler)'),
    'forks/c.test.ts': TEST('recordings/unplaced'),
  })

const TOLD =
  /starttask: 2 recorded exchanges not played by any test, 4 recordings not loaded by any test\./

test('counts over workers and projects, and lists files that nobody loaded', () => {
  const { status, output } = runVitest(createSuite())
  expect(output).toMatch(TOLD)
  expect(output).toMatch(
    /unused {5}recordings\/unplaced\/provider-agent-disconnected\.json #1 of 1/,
  )
  expect(output).toMatch(/orphan {5}recordings\/started\/moto-boto3\.json/)
  expect(output).not.toMatch(/page-sample/)
  expect(status).toBe(0)
})

test('counts replayers of every kind, those of a whole file too', () => {
  const project = createProject({
    'launch.ts': LAUNCH,
    'vitest.config.ts': CONFIG("{ recordings: 'recordings/unplaced' }"),
    'forks/a.test.ts': `
      import { replayHandlers } from 'starttask-harness/msw'
      import { replayRequestHandler } from 'starttask-harness/sdk'
      import { test } from 'starttask-harness/vitest'
      import { expect } from 'vitest'
      import { launch } from '../launch.ts'
      const handlers = replayHandlers('recordings/unplaced')
      const requestHandler = replayRequestHandler('${SAMPLE}')
      test('one', async () => expect(handlers).toHaveLength(1))
      test('two', async () => { await launch(requestHandler) })
      test.override({ recordings: '${SAMPLE}' })
      test('three', ({ session }) => expect(session.mode).toBe('replay'))
    `,
  })
  const { output } = runVitest(project)
  expect(output).toMatch(/3 passed/)
  expect(output).toMatch(
    /starttask: 2 recorded exchanges not played by any test\.\n.*provider-agent-disconnected\.json #1 of 1\n.*provider-instance-missing\.json #1 of 1\n.*remedy/,
  )
})

test('tells nothing of recordings in a file with a failed test', () => {
  const project = createProject({
    'launch.ts': LAUNCH,
    'vitest.config.ts': CONFIG("{ recordings: 'nowhere' }"),
    'forks/a.test.ts': TEST(SAMPLE, "throw new Error('no')"),
    'forks/b.test.ts': TEST('recordings/unplaced'),
  })
  const { output } = runVitest(project)
  expect(output).toMatch(/starttask: 2 recorded exchanges not played by any test\./)
  expect(output).not.toContain('page-sample.json #1')
})

test('says to a configuration that imports the fixtures what to import instead', () => {
  const config =
    "import { test } from 'starttask-harness/vitest'\nexport default { test: { name: typeof test } }"
  const { status, output } = runVitest(createProject({ 'vitest.config.ts': config }))
  expect(status).toBe(1)
  expect(output).toMatch(
    /HarnessError: starttask-harness\/vitest needs a worker of vitest[^]*a configuration imports starttask-harness\/vitest-reporter/,
  )
})

test('gives expect its matchers in every file when it is named in setupFiles', () => {
  const project = createProject({
    'vitest.config.ts': "export default { test: { setupFiles: ['starttask-harness/vitest'] } }",
    'a.test.ts':
      "import { expect, test } from 'vitest'\ntest('one', () => expect({ failures: [{ reason: 'AGENT' }] }).toHaveStartedTask())",
  })
  expect(runVitest(project).output).toMatch(
    /Error: Expected a started task; none started, though the response is HTTP 200\./,
  )
})

test('fails the run where it is asked to', () => {
  const { status, output } = runVitest(createSuite("{ whenUnused: 'fail' }"))
  expect(output).toMatch(/6 passed/)
  expect(status).toBe(1)
})

test('is silent on filtered runs', () => {
  const project = createSuite()
  for (const filter of [
    ['-t', 'one'],
    ['forks/b.test.ts'],
    ['forks/b.test.ts:6'],
    ['--shard=1/2'],
    ['--project', 'forks'],
  ]) {
    const { status, output } = runVitest(project, ...filter)
    expect({ status, filter }).toEqual({ status: 0, filter })
    expect(output).not.toContain('starttask:')
  }
})

test('is silent where a test is the only one', () => {
  const project = createProject({
    'vitest.config.ts': CONFIG(),
    'launch.ts': LAUNCH,
    'forks/a.test.ts': TEST(SAMPLE).replace('test(', 'test.only('),
  })
  const { output } = runVitest(project)
  expect(output).toMatch(/1 passed \| 1 skipped/)
  expect(output).not.toContain('starttask:')
})

test('counts merged reports of shards together, and is silent while one is missing', () => {
  const project = createSuite()
  runVitest(project, '--shard=1/2', '--reporter=blob')
  expect(runVitest(project, '--merge-reports').output).not.toContain('starttask:')
  runVitest(project, '--shard=2/2', '--reporter=blob')
  expect(runVitest(project, '--merge-reports').output).toMatch(TOLD)
})
