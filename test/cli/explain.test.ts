import { expect, test } from 'vitest'

import { buildInput, buildRecording, REJECTED, STARTED } from '../replayer/recorded-exchanges.ts'
import { createFolder, findControls, runStarttask } from './starttask.ts'

test('names the exchanges that answer a request, in their order, and the next of them', async () => {
  using folder = createFolder()
  const path = folder.write('r.json', buildRecording(STARTED, REJECTED, STARTED))
  const { code, stdout, stderr } = await runStarttask(['explain', '-', path], {
    input: JSON.stringify(buildInput('started')),
  })
  expect([code, stderr]).toEqual([0, ''])
  expect(stdout).toBe(
    `This StartTask is answered: 2 recorded exchanges equal it, and answer in this order.\n  recording  ${path} #1, #3\n  next       ${path} #1\n`,
  )
})

test('says what a miss says, and fails', async () => {
  using folder = createFolder()
  const path = folder.write('r.json', buildRecording(STARTED))
  const request = folder.write(
    'request.json',
    JSON.stringify({ ...buildInput('started'), startedBy: 'nightly' }),
  )
  const { code, stdout } = await runStarttask(['explain', request, path])
  expect(code).toBe(1)
  expect(stdout).toContain(
    `  nearest    ${path} #1, 1 difference: /startedBy not recorded, sent "nightly"\n`,
  )
  expect(stdout).toContain('or --ignore /startedBy\n')
})

test.each([
  ['--ignore', '/startedBy', 'x'],
  ['--loosen', '/startedBy', 'run-2'],
])('takes %s %s as a replay does', async (flag, pointer, startedBy) => {
  using folder = createFolder()
  const recorded = {
    ...STARTED,
    request: { ...STARTED.request, body: { ...buildInput('started'), startedBy: 'run-1' } },
  }
  const path = folder.write('r.json', buildRecording(recorded))
  const input = JSON.stringify({ ...buildInput('started'), startedBy })
  expect((await runStarttask(['explain', '-', path], { input })).code).toBe(1)
  expect((await runStarttask(['explain', '-', path, flag, pointer], { input })).code).toBe(0)
})

test('gives one JSON document with the phase and the closest requests', async () => {
  using folder = createFolder()
  const path = folder.write('r.json', buildRecording(STARTED))
  const { code, stdout } = await runStarttask(
    ['explain', '-', path, '--operation', 'ListTasks', '--json'],
    { input: '{}' },
  )
  expect(code).toBe(1)
  expect(JSON.parse(stdout)).toMatchObject({
    schemaVersion: 1,
    request: '-',
    matched: false,
    miss: { phase: 'operation', nearest: [] },
  })
})

test('refuses a recording in the place of a request, with the way to take one out of it', async () => {
  using folder = createFolder()
  const path = folder.write('r.json', buildRecording(STARTED))
  const { code, stderr } = await runStarttask(['explain', path, path])
  expect([code, stderr]).toEqual([2, expect.stringContaining("jq '.exchanges[0].request.body'")])
})

test('says that a request file is not there', async () => {
  using folder = createFolder()
  const { code, stderr } = await runStarttask([
    'explain',
    'no-such.json',
    folder.write('r.json', buildRecording(STARTED)),
  ])
  expect([code, stderr]).toEqual([3, expect.stringContaining('no-such.json')])
})

test('lets nothing of a request steer the terminal', async () => {
  using folder = createFolder()
  const input = JSON.stringify({ ...buildInput('started'), startedBy: '\u001b[31m\u202e' })
  const { stdout } = await runStarttask(
    ['explain', '-', folder.write('r.json', buildRecording(STARTED))],
    { input },
  )
  expect(findControls(stdout)).toEqual([])
})

test('says that a form of the Query protocol is not replayed', async () => {
  using folder = createFolder()
  const path = folder.write('r.json', buildRecording(STARTED))
  const { code, stderr } = await runStarttask(['explain', '-', path], {
    input: 'Action=StartTask&Version=2014-11-13',
  })
  expect([code, stderr]).toEqual([
    2,
    expect.stringContaining('- is a form of the old Query protocol, which is not replayed'),
  ])
})
