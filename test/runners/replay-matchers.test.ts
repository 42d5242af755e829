import { ECSClient, StartTaskCommand } from '@aws-sdk/client-ecs'
import { expect, test } from 'vitest'

import { createReplayer } from '../../src/replayer/engine/index.ts'
import {
  toHaveBeenSentOnce,
  toHaveBeenSentOnceWith,
  toHaveBeenSentTimes,
  toHaveBeenSentWith,
  toHaveNoMisses,
  toHaveReplayedAll,
} from '../../src/runners/index.ts'
import { replayRequestHandler } from '../../src/replayer/adapters/index.ts'

const SAMPLE = 'recordings/started/page-sample.json'
const INPUT = {
  taskDefinition: 'hello_world',
  containerInstances: ['4c543eed-f83f-47da-b1d8-3d23f1da4c64'],
}
const HEADERS = { 'x-amz-target': 'AmazonEC2ContainerServiceV20141113.StartTask' }

const openReplay = (
  ...options: Parameters<typeof replayRequestHandler> extends [unknown, ...infer Rest]
    ? Rest
    : never
) => {
  const requestHandler = replayRequestHandler(SAMPLE, ...options)
  const ecs = new ECSClient({
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    requestHandler,
  })
  return {
    requestHandler,
    send: (input: object = INPUT) => ecs.send(new StartTaskCommand({ ...INPUT, ...input })),
  }
}

test('knows whether all that is recorded was played', async () => {
  const { requestHandler, send } = openReplay()
  const before = toHaveReplayedAll.call(undefined, requestHandler)
  expect(before.pass).toBe(false)
  expect(before.message()).toBe(
    [
      'Expected all recorded exchanges to be played; 1 of 1 exchange not played.',
      `  unused     ${SAMPLE} #1`,
      '  remedy     find out why the code no longer sends these requests, or give the test only the recordings that it plays',
    ].join('\n'),
  )
  await send()
  const after = toHaveReplayedAll.call(undefined, requestHandler)
  expect({ pass: after.pass, message: after.message() }).toEqual({
    pass: true,
    message: 'Expected a recorded exchange that was not played; all were played.',
  })
})

test('reports misses with the closest recorded request', async () => {
  const { requestHandler, send } = openReplay()
  expect(toHaveNoMisses.call(undefined, requestHandler).pass).toBe(true)
  await expect(send({ taskDefinition: 'hello_wrld' })).rejects.toThrow('No recorded exchange')
  const { pass, message } = toHaveNoMisses.call(undefined, requestHandler)
  expect(pass).toBe(false)
  expect(message()).toMatch(
    /^Expected every request to be recorded; 1 request not recorded\.\n {2}miss {7}No recorded exchange answers/,
  )
  expect(message()).toContain('sent "hello_wrld"')
})

test('counts what was sent, misses included', async () => {
  const { requestHandler, send } = openReplay({ afterLast: 'repeat' })
  expect(toHaveBeenSentOnce.call(undefined, requestHandler).message()).toBe(
    'Expected StartTask to be sent once; it was sent 0 times.',
  )
  await send()
  expect(toHaveBeenSentOnce.call(undefined, requestHandler).pass).toBe(true)
  expect(toHaveBeenSentOnce.call(undefined, requestHandler).message()).toMatch(
    /^Expected StartTask not to be sent once; it was sent once\./,
  )
  await expect(send({ taskDefinition: 'other' })).rejects.toThrow('No recorded exchange')
  const { pass, message, actual, expected } = toHaveBeenSentOnce.call(undefined, requestHandler)
  expect({ pass, actual, expected }).toEqual({ pass: false, actual: 2, expected: 1 })
  expect(message()).toContain('2 invocations, 2 attempts: none of them a retry')
  expect(toHaveBeenSentTimes.call(undefined, requestHandler, 2).pass).toBe(true)
})

test('counts each attempt of a client that tries again, and says that it did', async () => {
  const { requestHandler } = openReplay({ faults: [{ on: 1, fault: 'reset' }] })
  const client = new ECSClient({
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    requestHandler,
  })
  await client.send(new StartTaskCommand(INPUT)).catch(() => {})
  const { pass, message } = toHaveBeenSentOnce.call(undefined, requestHandler)
  expect(pass).toBe(false)
  expect(message()).toMatch(
    /1 invocation, [23] attempts: 1 invocation of 1 was tried again by the client/,
  )
  expect(message()).toContain('StartTask has no client token')
})

test('does not count other operations', async () => {
  const replayer = createReplayer(SAMPLE)
  await replayer.respond({
    method: 'POST',
    url: '/',
    headers: { 'x-amz-target': 'AmazonEC2ContainerServiceV20141113.ListTasks' },
    body: '{}',
  })
  expect(toHaveBeenSentTimes.call(undefined, replayer, 0).pass).toBe(true)
})

test('finds a request by some of its members', async () => {
  const { requestHandler, send } = openReplay()
  await send()
  for (const expected of [
    {},
    { taskDefinition: 'hello_world' },
    { taskDefinition: /^hello/ },
    { containerInstances: [expect.stringMatching(/^4c54/)] },
    new StartTaskCommand(INPUT),
  ]) {
    expect(toHaveBeenSentWith.call(undefined, requestHandler, expected).pass).toBe(true)
    expect(toHaveBeenSentOnceWith.call(undefined, requestHandler, expected).pass).toBe(true)
  }
  for (const expected of [
    { cluster: 'default' },
    { containerInstances: [] },
    { taskDefinition: 1 },
    { taskDefinition: /^world/ },
  ])
    expect(toHaveBeenSentWith.call(undefined, requestHandler, expected).pass).toBe(false)
  expect(toHaveBeenSentWith.call(undefined, requestHandler, { cluster: undefined }).pass).toBe(true)
})

test('says where what was sent differs', async () => {
  const { requestHandler, send } = openReplay()
  await send()
  const { message } = toHaveBeenSentWith.call(undefined, requestHandler, {
    taskDefinition: /web/,
    cluster: expect.any(String),
  })
  expect(message()).toBe(
    [
      'Expected StartTask to be sent once or more with {"taskDefinition":"/web/","cluster":"Any<String>"}; no such request was sent.',
      '  sent       /taskDefinition is "hello_world", expected /web/',
    ].join('\n'),
  )
})

test('lets one launch be sent once while others are sent too', async () => {
  const replayer = createReplayer(SAMPLE, { afterLast: 'repeat' })
  const send = (taskDefinition: string) =>
    replayer.respond({
      method: 'POST',
      url: '/',
      headers: HEADERS,
      body: JSON.stringify({ ...INPUT, taskDefinition }),
    })
  await send('hello_world')
  await send('other')
  expect(toHaveBeenSentOnceWith.call(undefined, replayer, { taskDefinition: 'other' }).pass).toBe(
    true,
  )
  await send('other')
  const { pass, message } = toHaveBeenSentOnceWith.call(undefined, replayer, {
    taskDefinition: 'other',
  })
  expect(pass).toBe(false)
  expect(message()).toMatch(/it was sent twice\.\n {2}sent {7}2 invocations/)
})

test('shows no secret of what was sent', async () => {
  const replayer = createReplayer(SAMPLE)
  const secret = 'hunter2-in-the-clear'
  const body = {
    ...INPUT,
    overrides: {
      containerOverrides: [{ name: 'web', environment: [{ name: 'DB_PASSWORD', value: secret }] }],
    },
  }
  await replayer.respond({ method: 'POST', url: '/', headers: HEADERS, body: JSON.stringify(body) })
  const expected = { overrides: { containerOverrides: [{ environment: [{ value: 'other' }] }] } }
  const { pass, message } = toHaveBeenSentWith.call(undefined, replayer, expected)
  expect(pass).toBe(false)
  expect(message()).toContain(
    '/overrides/containerOverrides/0/environment/0/value is "(redacted)", expected "other"',
  )
  const same = { overrides: { containerOverrides: [{ environment: [{ value: secret }] }] } }
  expect(toHaveBeenSentWith.call(undefined, replayer, same).pass).toBe(true)
})

test('refuses what is no replay adapter, and says what is', () => {
  for (const value of [undefined, {}, { tasks: [] }]) {
    expect(() => toHaveReplayedAll.call(undefined, value)).toThrow(
      'toHaveReplayedAll takes a replay adapter: the result of replayRequestHandler',
    )
  }
})

test('knows the latest thousand requests, and forgets them when it is reset', async () => {
  const replayer = createReplayer(SAMPLE, { afterLast: 'repeat' })
  for (let index = 0; index < 1003; index++)
    await replayer.respond({
      method: 'POST',
      url: index < 3 ? '/early' : '/',
      headers: HEADERS,
      body: JSON.stringify({ ...INPUT, startedBy: `${index}` }),
    })
  expect(replayer.sent()).toHaveLength(1000)
  expect(replayer.sent()[0]).toMatchObject({
    session: 'default',
    operation: 'StartTask',
    body: { startedBy: '3' },
  })
  expect(replayer.sent().at(-1)).toMatchObject({ body: { startedBy: '1002' } })
  await replayer.respond({
    method: 'POST',
    url: '/shard',
    headers: HEADERS,
    body: JSON.stringify('x'.repeat(70_000)),
  })
  expect(replayer.sent().at(-1)).toMatchObject({ session: 'shard', body: undefined })
  replayer.reset('default')
  expect(replayer.sent().map(({ session }) => session)).toEqual(['shard'])
  replayer.reset()
  expect(replayer.sent()).toEqual([])
})
