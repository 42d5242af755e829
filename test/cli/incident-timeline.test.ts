import { expect, test } from 'vitest'

import { makeResponse, makeExchange, makeRecording, makeState } from '../incident/timelines.ts'
import { createFolder, findControls, runStarttask } from './starttask.ts'

const SERVER_ERROR = 'recordings/incidents/server-error-task-started.json'

test('shows what happened, in order, and what is to be seen in it', async () => {
  const { code, stdout, stderr } = await runStarttask(['incident', 'timeline', SERVER_ERROR], {
    cwd: process.cwd(),
  })
  expect([code, stderr]).toEqual([0, ''])
  expect(stdout).toMatch(
    /^2026-03-02T02:00:00\.000Z {2}2 invocations, 3 attempts, 9 task state changes in 55 min\n/,
  )
  expect(stdout).toMatch(
    /#1 +\+0\.000 s {2}StartTask 1, attempt 1 of 2 {2}500 ServerException {2}in 2\.93 s\n/,
  )
  expect(stdout).toMatch(/error +\+0\.000 s {2}launched twice: .*\n +seen: /)
})

test('gives one JSON document, whose events, invocations and findings name each other by numbers', async () => {
  const { stdout } = await runStarttask(['incident', 'timeline', SERVER_ERROR, '--json'], {
    cwd: process.cwd(),
  })
  const { schemaVersion, events, invocations, findings } = JSON.parse(stdout)
  expect([
    schemaVersion,
    events.length,
    invocations.map(({ attempts }: { attempts: number[] }) => attempts),
  ]).toEqual([1, 12, [[1, 3], [9]]])
  expect(events[0]).toMatchObject({
    number: 1,
    kind: 'attempt',
    exchange: 1,
    status: 500,
    result: 'rejected',
  })
  expect(findings[0]).toMatchObject({ rule: 'incident.double-launch', events: [1, 2, 3] })
})

test('shows the beginning and the end of many events, and all on request', async () => {
  using folder = createFolder()
  const exchanges = Array.from({ length: 150 }, (_, index) =>
    makeExchange(index * 1000, makeResponse([`t-${index}`])),
  )
  const path = folder.write('many.json', makeRecording(exchanges))
  const short = (await runStarttask(['incident', 'timeline', path])).stdout
  expect([
    short.match(/ {2}StartTask \d+ /g)?.length,
    short.includes('… 50 more (--all shows them)'),
  ]).toEqual([100, true])
  expect(
    (await runStarttask(['incident', 'timeline', path, '--all'])).stdout.match(
      / {2}StartTask \d+ /g,
    ),
  ).toHaveLength(150)
})

test('reads an archive as the recordings that it was made of', async () => {
  using folder = createFolder()
  const path = folder.write(
    'one.json',
    makeRecording([
      makeExchange(0, makeResponse(['one'])),
      makeExchange(100, makeResponse([], ['AGENT'])),
    ]),
  )
  const archive = `${folder.path}/all.ndjson.zst`
  await runStarttask(['archive', path, '--out', archive])
  const { stdout } = await runStarttask(['incident', 'timeline', archive])
  expect(stdout).toContain('AGENT: 1 failure of 1 container instance')
})

test('writes nothing to a terminal that strings of a recording could make of it', async () => {
  using folder = createFolder()
  const hostile = '\u001b[2J\u0007<img src=x>\n::error::owned'
  const path = folder.write(
    'hostile.json',
    makeRecording(
      [
        makeExchange(0, makeResponse([hostile], [hostile])),
        makeExchange(5, { status: 400, headers: {}, body: { __type: hostile, message: hostile } }),
      ],
      {
        provenance: { source: hostile, limits: hostile },
        taskStateChanges: [
          makeState(1, hostile, { lastStatus: hostile, stopCode: hostile, stoppedReason: hostile }),
        ],
      },
    ),
  )
  for (const more of [[], ['--json']]) {
    const { code, stdout } = await runStarttask(['incident', 'timeline', path, ...more])
    expect([code, findControls(stdout), /^::/m.test(stdout)]).toEqual([0, [], false])
  }
})

test('says what is wrong with a path', async () => {
  const { code, stderr } = await runStarttask(['incident', 'timeline', 'nowhere.json'])
  expect([code, stderr]).toEqual([3, expect.stringMatching(/^error: nowhere\.json does not exist/)])
})
