import { expect, test } from 'vitest'

import { START_TASK_TARGET } from '../../src/contract/index.ts'
import type { Recording } from '../../src/protocol/index.ts'
import { createReplayer, type Miss, type ReplayOptions } from '../../src/replayer/engine/index.ts'

const RECORDED = { containerInstances: ['ci-a'], taskDefinition: 'web', startedBy: 'job-1' }

const record = (...bodies: object[]): Recording => ({
  format: 'starttask-recording',
  version: 1,
  recordedAt: '2026-11-23T12:00:00.000Z',
  provenance: {},
  exchanges: bodies.map((body) => ({
    operation: 'StartTask',
    startedAtMs: 0,
    request: { headers: {}, body },
    response: { status: 200, headers: {}, body: { tasks: [], failures: [] } },
  })),
})

const send = (
  bodies: readonly object[],
  recordings: Recording | Recording[],
  options: ReplayOptions = {},
): Promise<Miss[]> => {
  const misses: Miss[] = []
  const replayer = createReplayer(recordings, { ...options, onMiss: (miss) => misses.push(miss) })
  const responses = bodies.map((body) =>
    replayer.respond({
      method: 'POST',
      url: '/',
      headers: { 'x-amz-target': START_TASK_TARGET },
      body: JSON.stringify(body),
    }),
  )
  return Promise.all(responses).then(() => misses)
}

test('suggests a line of the configuration file that ignores a place that only labels the launch', async () => {
  const [miss] = await send([{ ...RECORDED, startedBy: 'nightly' }], record(RECORDED))
  expect(miss?.remedy).toContain(
    '"match": { "ignore": ["/startedBy"] } in starttask.config.json, or --ignore /startedBy',
  )
})

test('suggests to loosen a place of which a part changes with each run', async () => {
  const [miss] = await send([{ ...RECORDED, startedBy: 'job-2' }], record(RECORDED))
  expect(miss?.remedy).toContain(
    '"match": { "loosen": ["/startedBy"] } in starttask.config.json, or --loosen /startedBy',
  )
})

test.for([{ taskDefinition: 'api' }, { containerInstances: ['ci-b'] }, { cluster: 'other' }])(
  'does not suggest to ignore what the launch is about: %o',
  async (change) => {
    const [miss] = await send([{ ...RECORDED, startedBy: 'job-2', ...change }], record(RECORDED))
    expect(miss?.remedy).not.toContain('ignore')
  },
)

test('names the phase of a request that breaks the contract as well', async () => {
  const [miss] = await send([{ containerInstances: ['ci-b'] }], record(RECORDED))
  expect([miss?.phase, miss?.message]).toEqual([
    'contract',
    expect.stringContaining('taskDefinition is missing'),
  ])
})

test('says which exchanges are played when none is left', async () => {
  const [miss] = await send(
    [RECORDED, RECORDED, RECORDED],
    record(RECORDED, { ...RECORDED, startedBy: 'job-2' }, RECORDED),
  )
  expect([miss?.phase, miss?.message]).toEqual([
    'exhausted',
    expect.stringMatching(/played 2 of 2[\s\S]*recording 1 #1, #3/),
  ])
})

test('counts the recordings of a list', async () => {
  const [miss] = await send(
    [{ ...RECORDED, startedBy: 'job-2' }],
    [record(RECORDED), record(RECORDED)],
  )
  expect(miss?.message).toContain('2 recordings, 2 exchanges\n')
})

test('shows no environment value of the request', async () => {
  const secret = 'hunter' + '2-hunter2'
  const overrides = {
    containerOverrides: [{ name: 'web', environment: [{ name: 'PASSWORD', value: secret }] }],
  }
  const [miss] = await send([{ ...RECORDED, overrides }], record(RECORDED))
  expect(JSON.stringify(miss)).not.toContain(secret)
})
