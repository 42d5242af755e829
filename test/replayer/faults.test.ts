import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { createReplayer, type Fault, type ReplayOptions } from '../../src/replayer/engine/index.ts'
import { isTransportFailure } from '../../src/protocol/index.ts'
import {
  buildExchange,
  buildResponse,
  buildInput,
  buildRecording,
  STARTED,
  TARGET,
} from './recorded-exchanges.ts'

const INSTANCES = Array.from({ length: 400 }, (_, index) => `instance-${index}`)
const MANY = buildRecording(
  ...INSTANCES.map((name) =>
    buildExchange(buildInput(name), buildResponse(200, { tasks: [], failures: [] })),
  ),
)

function open(
  faults: readonly Fault[] | string,
  options: ReplayOptions = {},
  recording = buildRecording(STARTED),
) {
  const replayer = createReplayer(recording, { afterLast: 'repeat', faults, ...options })
  const ask = async (instance = 'started', invocation?: string) => {
    const headers = {
      'x-amz-target': TARGET,
      ...(invocation === undefined ? {} : { 'amz-sdk-invocation-id': invocation }),
    }
    const response = await replayer.respond({
      method: 'POST',
      url: '/',
      headers,
      body: Buffer.from(JSON.stringify(buildInput(instance))),
    })
    return isTransportFailure(response) ? response.failure : response.status
  }
  return { replayer, ask }
}

async function drawn(instances: readonly string[], fault: Fault): Promise<string[]> {
  const { ask } = open([fault], {}, MANY)
  const met: string[] = []
  for (const instance of instances) if ((await ask(instance)) !== 200) met.push(instance)
  return met.toSorted()
}

test('befalls the invocation that it names, and no other', async () => {
  const { ask, replayer } = open([{ on: 2, fault: 'ServerException' }])
  expect([await ask(), await ask(), await ask()]).toEqual([200, 500, 200])
  expect(replayer.sessions()).toEqual([{ session: 'default', played: 2, missed: 0, faulted: 1 }])
})

test('counts the attempts of one invocation once', async () => {
  const { ask } = open([{ on: 2, fault: 'reset' }])
  expect([
    await ask('started', 'one'),
    await ask('started', 'one'),
    await ask('started', 'two'),
  ]).toEqual([200, 200, 'reset'])
  expect([await ask('started', 'two'), await ask('started', 'three')]).toEqual(['reset', 200])
})

test('befalls as many attempts as it says', async () => {
  const { ask } = open([{ on: 1, fault: 'ThrottlingException', attempts: 2 }])
  const attempts = [await ask('started', 'a'), await ask('started', 'a'), await ask('started', 'a')]
  expect(attempts).toEqual([400, 400, 200])
})

test('leaves the recorded response for the next attempt', async () => {
  const { ask, replayer } = open([{ on: 1, fault: 'ServerException', attempts: 1 }], {
    afterLast: 'refuse',
  })
  expect([await ask('started', 'a'), await ask('started', 'a')]).toEqual([500, 200])
  expect(replayer.unused()).toEqual([])
})

test('leaves a miss a miss', async () => {
  const { ask, replayer } = open([{ on: { share: 1 }, fault: 'reset' }])
  expect(await ask('never recorded')).toBe(400)
  expect(replayer.unmatched()).toMatchObject([{ phase: 'body' }])
})

test('says that all is played where a fault would come instead of nothing', async () => {
  const { ask, replayer } = open([{ on: 2, fault: 'reset' }], { afterLast: 'refuse' })
  expect([await ask(), await ask()]).toEqual([200, 400])
  expect(replayer.unmatched()).toMatchObject([{ phase: 'exhausted' }])
})

test('falls on about the share that it names', async () => {
  const met = await drawn(INSTANCES, { on: { share: 0.25 }, fault: 'reset' })
  expect(met.length).toBeGreaterThan(60)
  expect(met.length).toBeLessThan(140)
})

test('falls on the same requests in each run, in whatever order they come', async () => {
  const fault: Fault = { on: { share: 0.25 }, fault: 'reset', seed: 5 }
  expect(await drawn(INSTANCES.toReversed(), fault)).toEqual(await drawn(INSTANCES, fault))
})

test('falls on others with another seed', async () => {
  const first = await drawn(INSTANCES, { on: { share: 0.25 }, fault: 'reset', seed: 1 })
  expect(await drawn(INSTANCES, { on: { share: 0.25 }, fault: 'reset', seed: 2 })).not.toEqual(
    first,
  )
})

test('has counters of its own in each session', async () => {
  const replayer = createReplayer(buildRecording(STARTED), {
    afterLast: 'repeat',
    faults: [{ on: 1, fault: 'ServerException' }],
  })
  const ask = async (url: string) => {
    const response = await replayer.respond({
      method: 'POST',
      url,
      headers: { 'x-amz-target': TARGET },
      body: JSON.stringify(buildInput('started')),
    })
    return isTransportFailure(response) ? response.failure : response.status
  }
  expect([await ask('/a'), await ask('/b'), await ask('/a')]).toEqual([500, 500, 200])
  replayer.reset('a')
  expect([await ask('/a'), await ask('/b')]).toEqual([500, 200])
})

test('takes the first of two that fall on one invocation', async () => {
  const { ask } = open([
    { on: 1, fault: 'ServerException' },
    { on: { share: 1 }, fault: 'reset' },
  ])
  expect([await ask(), await ask()]).toEqual([500, 'reset'])
})

test('lets an error have the status that is asked for', async () => {
  const { ask } = open([{ on: 1, fault: 'AccessDeniedException', status: 403 }])
  expect(await ask()).toBe(403)
})

test('lets a slow response come as much later as it says, on the clock that it is given', async () => {
  const slept: number[] = []
  const clock = { now: () => 0, sleep: async (ms: number) => void slept.push(ms) }
  const { ask } = open([{ on: 1, fault: 'slow', ms: 3000 }], { clock, latency: { scale: 2 } })
  expect([await ask(), await ask()]).toEqual([200, 200])
  expect(slept).toEqual([3010, 10])
})

test('puts the Date ahead, or behind', async () => {
  const clock = { now: () => Date.UTC(2026, 0, 1, 12), sleep: async () => {} }
  const replayer = createReplayer(buildRecording(STARTED), {
    afterLast: 'repeat',
    clock,
    faults: [
      { on: 1, fault: 'clock-skew' },
      { on: 2, fault: 'clock-skew', ms: -3_600_000 },
    ],
  })
  const ask = () =>
    replayer.respond({
      method: 'POST',
      url: '/',
      headers: { 'x-amz-target': TARGET },
      body: JSON.stringify(buildInput('started')),
    })
  expect(await ask()).toMatchObject({
    status: 200,
    headers: { date: 'Thu, 01 Jan 2026 12:15:00 GMT' },
  })
  expect(await ask()).toMatchObject({
    status: 200,
    headers: { date: 'Thu, 01 Jan 2026 11:00:00 GMT' },
  })
  expect(await ask()).toMatchObject({
    status: 200,
    headers: { date: 'Thu, 01 Jan 2026 12:00:00 GMT' },
  })
})

function writeFile(text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'starttask-faults-')), 'faults.json')
  writeFileSync(path, text)
  return path
}

test('reads a file', async () => {
  const file = writeFile(
    JSON.stringify({
      format: 'starttask-faults',
      version: 1,
      faults: [{ on: 1, fault: 'html-502' }],
    }),
  )
  expect(await open(file).ask()).toBe(502)
})

test.each([
  [
    'a fault that is none',
    [{ on: 1, fault: 'Throttled' }],
    /^Unknown fault: "Throttled"\.\n {2}place {6}.*fault 1\n {2}remedy {5}Use one of .*ThrottlingException/,
  ],
  ['a name of every object', [{ on: 1, fault: 'constructor' }], /^Unknown fault: "constructor"/],
  [
    'an invocation before the first',
    [{ on: 0, fault: 'reset' }],
    /fault 1 has an "on" that is neither/,
  ],
  ['a share above all', [{ on: { share: 1.5 }, fault: 'reset' }], /has an "on"/],
  [
    'a misspelt member',
    [{ on: 1, fault: 'reset', attemps: 1 }],
    /^Unknown member: "attemps"\.\n.*\n {2}remedy {5}Did you mean attempts\?/,
  ],
  ['no attempts', [{ on: 1, fault: 'reset', attempts: 0 }], /has the "attempts" 0/],
  [
    'a status that is not known of the error',
    [{ on: 1, fault: 'ThrottlingException', status: 429 }],
    /known with 400/,
  ],
  ['a status of a reset', [{ on: 1, fault: 'reset', status: 500 }], /which errors alone take/],
  ['milliseconds of a reset', [{ on: 1, fault: 'reset', ms: 5 }], /slow and clock-skew alone/],
  ['a slow response that comes before', [{ on: 1, fault: 'slow', ms: -5 }], /negative "ms"/],
  ['a fault without a name', [{ on: 1 }], /fault 1 has no "fault"/],
  ['what is no object', ['reset'], /fault 1 is no object such as/],
  ['what is no list', { on: 1, fault: 'reset' }, /holds no list/],
] as const)('refuses %s, with its place', (_what, faults, message) => {
  const given: readonly Fault[] = JSON.parse(JSON.stringify(faults))
  expect(() => open(given)).toThrow(
    expect.objectContaining({ code: 'usage', message: expect.stringMatching(message) }),
  )
})

test.each([
  ['another format', '{"format":"starttask-recording","version":1}', 'usage', /is no fault file/],
  [
    'a later version',
    '{"format":"starttask-faults","version":2,"faults":[]}',
    'usage',
    /version 2; this package reads version 1/,
  ],
  ['half a file', '{"format":"starttask-fau', 'not-json', /not JSON/],
  ['deep nesting', '['.repeat(200), 'too-deep', /deeper than 100/],
] as const)('refuses a file of %s', (_what, text, code, message) => {
  expect(() => open(writeFile(text))).toThrow(
    expect.objectContaining({ code, message: expect.stringMatching(message) }),
  )
})

test('says that a file is not there', () => {
  expect(() => open('/nowhere/faults.json')).toThrow(expect.objectContaining({ code: 'not-found' }))
})
