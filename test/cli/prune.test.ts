import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import type { Recording } from '../../src/protocol/index.ts'
import { formatRecording, parseRecording } from '../../src/recording/index.ts'
import { createRedaction } from '../../src/redaction/index.ts'
import {
  buildResponse,
  buildExchange,
  buildInput,
  buildRecording,
  REJECTED,
  STARTED,
  TARGET,
} from '../replayer/recorded-exchanges.ts'
import { createFolder, type Folder, runScript, runStarttask } from './starttask.ts'

const post = (input: unknown) => `await fetch(process.env.AWS_ENDPOINT_URL_ECS, {
  method: 'POST', headers: { 'x-amz-target': '${TARGET}' }, body: '${JSON.stringify(input)}' });`

/** Two recordings, of which a run plays the first exchange of one. */
async function createRun(
  folder: Folder,
  recording: Recording = buildRecording(STARTED, REJECTED),
): Promise<{ two: string; never: string; usage: string }> {
  const two = folder.write('two.json', recording)
  const usage = join(folder.path, 'usage')
  await runStarttask(['replay', two, '--usage', usage, ...runScript(post(buildInput('started')))])
  const never = folder.write('never.json', buildRecording(REJECTED))
  return { two, never, usage }
}

test('tells with --check what no run played, writes nothing, and fails', async () => {
  using folder = createFolder()
  const { two, never, usage } = await createRun(folder)
  const before = readFileSync(two, 'utf8')
  const { code, stdout, stderr } = await runStarttask([
    'prune',
    two,
    never,
    '--usage',
    usage,
    '--check',
  ])
  expect([code, stdout]).toEqual([
    1,
    `unused     ${two}: unused #2 of 2\nunused     ${never}: no run loaded it\n`,
  ])
  expect(stderr).toBe('starttask: 2 of 3 recorded exchanges in 2 files are unused\n')
  expect(readFileSync(two, 'utf8')).toBe(before)
})

test('redacts what it keeps of a recording that nothing redacted', async () => {
  using folder = createFolder()
  const secret = 'AK' + 'IA' + 'QYLPMN5HHHFPZAM2'
  const two = folder.write(
    'two.json',
    buildRecording(buildExchange(buildInput(secret), buildResponse(200, 'kept')), REJECTED),
  )
  const usage = join(folder.path, 'usage')
  await runStarttask(['replay', two, '--usage', usage, ...runScript(post(buildInput(secret)))])
  expect(await runStarttask(['prune', two, '--usage', usage])).toMatchObject({ code: 0 })
  expect(parseRecording(readFileSync(two, 'utf8')).exchanges).toHaveLength(1)
  expect(readFileSync(two, 'utf8')).not.toContain(secret)
})

test('drops what no run played, keeps the rest as it is, and then finds nothing more', async () => {
  using folder = createFolder()
  const redacted = createRedaction({}).redactRecording(buildRecording(STARTED, REJECTED))
  const { two, never, usage } = await createRun(folder, redacted)
  expect(await runStarttask(['prune', two, never, '--usage', usage])).toMatchObject({ code: 0 })
  expect(existsSync(never)).toBe(false)
  const text = readFileSync(two, 'utf8')
  expect(text).toBe(formatRecording({ ...redacted, exchanges: redacted.exchanges.slice(0, 1) }))
  rmSync(usage, { recursive: true })
  await runStarttask(['replay', two, '--usage', usage, ...runScript(post(buildInput('started')))])
  expect(await runStarttask(['prune', two, '--usage', usage, '--check'])).toMatchObject({ code: 0 })
})

test('keeps what a recording tells of tasks, though no exchange of it was played', async () => {
  using folder = createFolder()
  const path = folder.write('r.json', {
    ...buildRecording(STARTED, REJECTED),
    taskStateChanges: [{ atMs: 5, task: { taskArn: 'arn:one' } }],
  })
  const other = folder.write('other.json', buildRecording(STARTED))
  const usage = join(folder.path, 'usage')
  await runStarttask(['replay', other, '--usage', usage, ...runScript(post(buildInput('started')))])
  await runStarttask(['prune', path, other, '--usage', usage])
  expect(parseRecording(readFileSync(path, 'utf8'))).toMatchObject({
    exchanges: [],
    taskStateChanges: [{ atMs: 5 }],
  })
})

test('keeps all attempts of an invocation of which one was played', async () => {
  using folder = createFolder()
  const attempts = [503, 200].map((status, index) => ({
    ...buildExchange(buildInput('a'), buildResponse(status, {})),
    invocation: 'one',
    attempt: index + 1,
  }))
  const path = folder.write('r.json', buildRecording(...attempts))
  const usage = join(folder.path, 'usage')
  await runStarttask([
    'replay',
    path,
    '--attempts',
    'collapsed',
    '--usage',
    usage,
    ...runScript(post(buildInput('a'))),
  ])
  await runStarttask(['prune', path, '--usage', usage])
  expect(parseRecording(readFileSync(path, 'utf8')).exchanges).toHaveLength(2)
})

test('counts what processes played that replayed in themselves', async () => {
  using folder = createFolder()
  const path = folder.write('r.json', buildRecording(STARTED, REJECTED))
  const usage = join(folder.path, 'usage')
  const dist = new URL('../../dist/fetch.js', import.meta.url).href
  const script = `const { replayFetch } = await import('${dist}'); const send = replayFetch(process.argv[1])
    await send('https://ecs.us-east-1.amazonaws.com/', { method: 'POST', headers: { 'x-amz-target': '${TARGET}' }, body: '${JSON.stringify(buildInput('started'))}' })`
  await runStarttask(['replay', path, '--usage', usage, ...runScript(script), path])
  expect(readdirSync(usage)).toHaveLength(2)
  const { stdout } = await runStarttask(['prune', path, '--usage', usage, '--check', '--json'])
  expect(JSON.parse(stdout)).toEqual({
    schemaVersion: 1,
    usage,
    recordings: [{ path, exchanges: 2, unused: [2], neverLoaded: false }],
  })
})

test('refuses without any note of a run, and says how to get one', async () => {
  using folder = createFolder()
  const path = folder.write('r.json', buildRecording(STARTED))
  const { code, stderr } = await runStarttask(['prune', path, '--usage', join(folder.path, 'none')])
  expect([code, stderr]).toEqual([
    3,
    expect.stringMatching(/No run has noted[\s\S]*STARTTASK_USAGE=/),
  ])
  expect(existsSync(path)).toBe(true)
})

test('refuses a recording that has changed since the run, and touches none', async () => {
  using folder = createFolder()
  const { two, never, usage } = await createRun(folder)
  folder.write('two.json', buildRecording(STARTED, REJECTED, STARTED))
  const { code, stderr } = await runStarttask(['prune', never, two, '--usage', usage])
  expect([code, stderr]).toEqual([
    3,
    expect.stringContaining(`${two} has changed, or is gone, since a run`),
  ])
  expect(existsSync(never)).toBe(true)
})

test('finds from any folder what a run played in another', async () => {
  using folder = createFolder()
  folder.write('two.json', buildRecording(STARTED, REJECTED))
  const replayed = [
    'replay',
    'two.json',
    '--usage',
    'usage',
    ...runScript(post(buildInput('started'))),
  ]
  await runStarttask(replayed, { cwd: folder.path })
  const { stdout } = await runStarttask([
    'prune',
    join(folder.path, 'two.json'),
    '--usage',
    join(folder.path, 'usage'),
    '--check',
  ])
  expect(stdout).toContain('unused #2 of 2')
})

test('refuses notes on a recording that is gone, and touches none', async () => {
  using folder = createFolder()
  const { two, never, usage } = await createRun(folder)
  rmSync(two)
  const { code, stderr } = await runStarttask(['prune', never, '--usage', usage])
  expect([code, stderr]).toEqual([3, expect.stringContaining('is gone')])
  expect(existsSync(never)).toBe(true)
})

test('refuses a folder of other files', async () => {
  using folder = createFolder()
  const path = folder.write('r.json', buildRecording(STARTED))
  const { code, stderr } = await runStarttask(['prune', path, '--usage', folder.path])
  expect([code, stderr]).toEqual([3, expect.stringContaining('does not tell what a run played')])
})
