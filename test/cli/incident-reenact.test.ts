import { expect, test } from 'vitest'

import { makeResponse, makeExchange, makeRecording } from '../incident/timelines.ts'
import { createFolder, findControls, runScript, runStarttask } from './starttask.ts'

const SERVER_ERROR = 'recordings/incidents/server-error-task-started.json'
const BODY = {
  cluster: 'batch',
  containerInstances: ['1a6e7a1c-0000-4000-8000-000000000001'],
  startedBy: 'invoice-8841',
  taskDefinition: 'invoice:12',
}

/** Sends one request so often; ends with the last status. */
function sendTimes(times: number): string[] {
  return runScript(`for (let at = 0; at < ${times}; at += 1) {
    await fetch(process.env.AWS_ENDPOINT_URL_ECS, {
      method: 'POST', headers: { 'x-amz-target': 'AmazonEC2ContainerServiceV20141113.StartTask' }, body: '${JSON.stringify(BODY)}' }) }`)
}

test('lets an incident happen to a command, and fails it for what the incident forbids', async () => {
  const { code, stderr } = await runStarttask(
    ['incident', 'reenact', SERVER_ERROR, ...sendTimes(2)],
    { cwd: process.cwd() },
  )
  expect(code).toBe(1)
  expect(stderr).toMatch(
    /^starttask: 2 requests, 2 answered as recorded, 0 as the service was then; 1 task launched, 2 that day\n/,
  )
  expect(stderr).toMatch(/\n {2}not-made {3}that day's request #9 is not made\n/)
  expect(stderr).toMatch(/\n {2}broken {5}incident\.double-launch: may have launched twice/)
})

test('passes a command that does not send again', async () => {
  const { code, stdout } = await runStarttask(
    ['incident', 'reenact', SERVER_ERROR, '--json', ...sendTimes(1)],
    { cwd: process.cwd() },
  )
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({
    schemaVersion: 1,
    code: 0,
    launches: { today: 0, thatDay: 2 },
    broken: [],
    requests: [{ summary: '500 ServerException' }],
  })
})

test('passes on the exit code of the command', async () => {
  const failing = runScript('process.exitCode = 7')
  expect(
    await runStarttask(['incident', 'reenact', SERVER_ERROR, ...failing], { cwd: process.cwd() }),
  ).toMatchObject({ code: 7 })
})

test.each([
  [[SERVER_ERROR], 2, 'There is nothing to run'],
  [[SERVER_ERROR, '--', 'no-such-command-here'], 3, 'there is no such command on PATH'],
  [['nowhere.json', '--', 'true'], 3, 'nowhere.json does not exist'],
  [[SERVER_ERROR, '--time', 'soon', '--', 'true'], 2, 'soon'],
  [[SERVER_ERROR, '--seed', 'x1', '--', 'true'], 2, '--seed is "x1"'],
])('says what is wrong with %j', async (args, code, message) => {
  expect(
    await runStarttask(['incident', 'reenact', ...args], { cwd: process.cwd() }),
  ).toMatchObject({
    code,
    stderr: expect.stringContaining(message),
  })
})

test('writes nothing to a terminal that strings of a recording could make of it', async () => {
  using folder = createFolder()
  const hostile = '\u001b[2J\n::error::owned'
  const provenance = { scenario: hostile, expectations: { forbid: [hostile] } }
  const path = folder.write(
    'hostile.json',
    makeRecording(
      [makeExchange(0, makeResponse([hostile], [hostile]), { body: { ...BODY, group: hostile } })],
      { provenance },
    ),
  )
  for (const more of [[], ['--json']]) {
    const { stdout, stderr } = await runStarttask([
      'incident',
      'reenact',
      path,
      ...more,
      ...sendTimes(1),
    ])
    expect([findControls(stdout + stderr), /^::/m.test(stdout + stderr)]).toEqual([[], false])
  }
})
