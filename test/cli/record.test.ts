import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { parseRecording } from '../../src/recording/index.ts'
import { startProvider } from '../../src/provider/index.ts'
import { createFolder, runScript, runStarttask, startStarttask } from './starttask.ts'

const INSTANCE = '4c543eed-f83f-47da-b1d8-3d23f1da4c64'
const START = `
  const response = await fetch(process.env.AWS_ENDPOINT_URL_ECS, {
    method: 'POST',
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'AmazonEC2ContainerServiceV20141113.StartTask' },
    body: JSON.stringify({ taskDefinition: 'hello_world', containerInstances: ['${INSTANCE}'] }),
  })
  console.log(response.status)
`

test('says that the upstream gave no response', async () => {
  using folder = createFolder()
  const out = join(folder.path, 'refused.json')
  const { stderr } = await runStarttask([
    'record',
    '--out',
    out,
    '--upstream',
    'http://127.0.0.1:1',
    ...runScript(START),
  ])
  expect(stderr).toContain(
    `starttask: recorded 1 exchange in ${out}\n  no response  1 of them: ECONNREFUSED. Does the upstream run?\n`,
  )
})

test("records a command's exchanges and passes its exit code on", async () => {
  await using provider = await startProvider()
  using folder = createFolder()
  const out = join(folder.path, 'started.json')
  const { code, stdout, stderr } = await runStarttask([
    'record',
    '--out',
    out,
    '--upstream',
    provider.url,
    ...runScript(`${START}; process.exit(7)`),
  ])
  expect([code, stdout, stderr]).toEqual([
    7,
    '200\n',
    `starttask: recorded 1 exchange in ${out}\n  outcomes   1 started\n`,
  ])
  expect(parseRecording(readFileSync(out, 'utf8')).exchanges).toMatchObject([
    { operation: 'StartTask', response: { status: 200 } },
  ])
})

test('takes the upstream from STARTTASK_UPSTREAM', async () => {
  await using provider = await startProvider()
  using folder = createFolder()
  const out = join(folder.path, 'started.json')
  const { code } = await runStarttask(['record', '--out', out, ...runScript(START)], {
    env: { STARTTASK_UPSTREAM: provider.url },
  })
  expect([code, existsSync(out)]).toEqual([0, true])
})

test('records until a signal without a command', async () => {
  await using provider = await startProvider()
  using folder = createFolder()
  const out = join(folder.path, 'started.json')
  const running = startStarttask(['record', '--out', out, '--upstream', provider.url])
  const url = await running.readLine()
  const headers = {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': 'AmazonEC2ContainerServiceV20141113.StartTask',
  }
  const body = JSON.stringify({ taskDefinition: 'hello_world', containerInstances: [INSTANCE] })
  expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(200)
  running.kill('SIGTERM')
  expect((await running.ended).code).toBe(143)
  expect(parseRecording(readFileSync(out, 'utf8')).exchanges).toHaveLength(1)
})

test('says that nothing was recorded', async () => {
  await using provider = await startProvider()
  using folder = createFolder()
  const { code, stderr } = await runStarttask([
    'record',
    '--out',
    join(folder.path, 'none.json'),
    '--upstream',
    provider.url,
    ...runScript(''),
  ])
  expect([code, stderr]).toEqual([0, expect.stringContaining('nothing was recorded')])
})

test('says that a recording says the same when it is recorded again', async () => {
  await using provider = await startProvider()
  using folder = createFolder()
  const out = join(folder.path, 'started.json')
  const args = ['record', '--out', out, '--upstream', provider.url, ...runScript(START)]
  await runStarttask(args)
  expect((await runStarttask(args)).stderr).toBe(
    `starttask: recorded again what ${out} says; it is left as it is\n`,
  )
})

test('proposes to ignore what differs each time, and ignores nothing itself', async () => {
  await using provider = await startProvider()
  using folder = createFolder()
  const out = join(folder.path, 'started.json')
  const script = START.replace('] }),', '], startedBy: crypto.randomUUID() }),')
  const args = ['record', '--out', out, '--upstream', provider.url, ...runScript(script)]
  expect((await runStarttask(args)).stderr).not.toContain('/startedBy')
  const { stderr } = await runStarttask(args)
  expect(stderr).toContain('/startedBy')
  expect(stderr).toContain('{"match":{"ignore":["/startedBy"]}}')
  expect(parseRecording(readFileSync(out, 'utf8')).exchanges).toHaveLength(2)
})

test('names what is recorded and not checked', async () => {
  await using provider = await startProvider()
  using folder = createFolder()
  const out = join(folder.path, 'tasks.json')
  const script = START.replace('.StartTask', '.ListTasks').replace(/JSON.stringify\(.*\)/, "'{}'")
  const { stderr } = await runStarttask([
    'record',
    '--out',
    out,
    '--upstream',
    provider.url,
    '--allow',
    'ListTasks',
    ...runScript(script),
  ])
  expect(stderr).toContain('unchecked  ListTasks')
  expect(parseRecording(readFileSync(out, 'utf8')).provenance).toMatchObject({
    notChecked: ['ListTasks'],
  })
})

test('refuses to record ExecuteCommand, whose response is a live token', async () => {
  const { code, stderr } = await runStarttask([
    'record',
    '--out',
    'x.json',
    '--upstream',
    'http://127.0.0.1:1',
    '--allow',
    'ExecuteCommand',
  ])
  expect([code, stderr]).toEqual([2, expect.stringContaining('never recorded')])
})

test('says before it starts that there is nothing to sign with', async () => {
  using folder = createFolder()
  const upstream = 'https://ecs.us-east-1.amazonaws.com'
  const env = { AWS_EC2_METADATA_DISABLED: 'true', HOME: folder.path }
  const run = await runStarttask(
    [
      'record',
      '--out',
      join(folder.path, 'x.json'),
      '--upstream',
      upstream,
      ...runScript('console.log(1)'),
    ],
    {
      env,
    },
  )
  expect(run).toMatchObject({ code: 3, stdout: '' })
  expect(run.stderr).toMatch(
    /^error: No credentials to sign requests to AWS with: .*\n {2}remedy /s,
  )
})

const SIGNED = `
  const { ECSClient, StartTaskCommand } = await import('@aws-sdk/client-ecs')
  const response = await new ECSClient({ maxAttempts: 1 }).send(
    new StartTaskCommand({ taskDefinition: 'hello_world', containerInstances: ['${INSTANCE}'] }),
  ).catch((error) => error)
  console.log(response.name ?? response.tasks.length, process.env.AWS_ACCESS_KEY_ID, process.env.AWS_PROFILE)
`
const OWN = {
  AWS_ACCESS_KEY_ID: 'OWN' + 'KEYID7XYZ',
  AWS_SECRET_ACCESS_KEY: 'own-' + 'secret',
  AWS_PROFILE: '',
  AWS_REGION: 'us-east-1',
}

test('signs with its own credentials for a command that has others, for this run alone', async () => {
  await using provider = await startProvider()
  using folder = createFolder()
  const out = join(folder.path, 'started.json')
  const run = await runStarttask(
    ['record', '--sign', '--out', out, '--upstream', provider.url, ...runScript(SIGNED)],
    { env: OWN },
  )
  expect(run.stdout).toMatch(/^1 STARTTASK[0-9A-F]{12} undefined\n$/)
  expect(readFileSync(out, 'utf8')).not.toMatch(/KEYID7XYZ|STARTTASK[0-9A-F]{12}/)
})

test('leaves a command its credentials when it is asked to', async () => {
  await using provider = await startProvider()
  using folder = createFolder()
  const args = [
    'record',
    '--sign',
    '--keep-credentials',
    '--out',
    join(folder.path, 'x.json'),
    '--upstream',
    provider.url,
  ]
  const { stdout } = await runStarttask([...args, ...runScript(SIGNED)], { env: OWN })
  expect(stdout).toMatch(/^1 OWNKEYID7XYZ/)
})

test('passes an interrupt on to its command, and keeps what was recorded', async () => {
  await using provider = await startProvider()
  using folder = createFolder()
  const out = join(folder.path, 'started.json')
  const script = `${START}; process.on('SIGINT', () => process.exit(9)); setInterval(() => {}, 1000); console.log('waits')`
  const running = startStarttask([
    'record',
    '--out',
    out,
    '--upstream',
    provider.url,
    ...runScript(script),
  ])
  expect([await running.readLine(), await running.readLine()]).toEqual(['200', 'waits'])
  running.kill('SIGINT')
  expect((await running.ended).code).toBe(9)
  expect(parseRecording(readFileSync(out, 'utf8')).exchanges).toHaveLength(1)
})

test('keeps tasks over two runs of the provider with a state file', async () => {
  using folder = createFolder()
  const state = join(folder.path, 'ecs.json')
  const arns: unknown[] = []
  for (const ask of ['StartTask', 'ListTasks']) {
    const running = startStarttask(['provider', '--state', state])
    const url = await running.readLine()
    const body =
      ask === 'StartTask' ? { taskDefinition: 'hello_world', containerInstances: [INSTANCE] } : {}
    const headers = {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AmazonEC2ContainerServiceV20141113.${ask}`,
    }
    const response: unknown = await (
      await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
    ).json()
    arns.push(JSON.stringify(response).match(/arn:aws:ecs:[^"]*:task\/[^"]*/)?.[0])
    running.kill('SIGINT')
    expect((await running.ended).code).toBe(130)
  }
  expect(arns[0]).toMatch(/^arn:aws:ecs:/)
  expect(arns[1]).toBe(arns[0])
})

test(
  'shows the main job twice, the second time without a difference in any file',
  { timeout: 30_000 },
  async () => {
    using folder = createFolder()
    const out = join(folder.path, 'demo')
    const first = await runStarttask(['demo', '--out', out])
    const before = readFolder(out)
    const second = await runStarttask(['demo', '--out', out])
    expect([first.code, second.code]).toEqual([0, 0])
    expect(before.size).toBeGreaterThanOrEqual(4)
    expect(readFolder(out)).toEqual(before)
    for (const path of before.keys()) expect(first.stdout).toContain(path)
  },
)

test('says that the service of the demo does not answer', { timeout: 30_000 }, async () => {
  const provider = await startProvider()
  await provider.stop()
  using folder = createFolder()
  const { code, stderr } = await runStarttask([
    'demo',
    '--out',
    folder.path,
    '--upstream',
    provider.url,
  ])
  expect(code).toBe(3)
  expect(stderr).toContain(
    `error: ${provider.url} did not list its container instances: connect ECONNREFUSED`,
  )
})

function readFolder(path: string): Map<string, string> {
  const files = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  )
  return new Map(
    files
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => [file, readFileSync(file, 'utf8')]),
  )
}
