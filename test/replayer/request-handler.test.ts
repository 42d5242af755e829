import { Readable } from 'node:stream'

import { ECSClient, StartTaskCommand } from '@aws-sdk/client-ecs'
import { expect, test } from 'vitest'

import type { TransportFailure } from '../../src/protocol/index.ts'
import { replayRequestHandler } from '../../src/replayer/adapters/index.ts'
import { fetchThroughHandler } from '../suites/adapter-fetch.ts'
import { describeAdapter, type Deviation, testReplayAdapter } from '../suites/replay-adapters.ts'
import {
  buildResponse,
  buildExchange,
  buildInput,
  buildRecording,
  STARTED,
  TARGET,
} from './recorded-exchanges.ts'

testReplayAdapter({
  clients: ['SDK v3'],
  deviations: new Map<Deviation, string>([
    [
      'time-out',
      'there is no connection that could stay silent, and a caller without a time limit would wait for ever',
    ],
    [
      'foreign host',
      'it stands in for every endpoint of the service, and no web page can reach into a process',
    ],
  ]),
  errors: [],
  open: async (recordings, options) => {
    const requestHandler = replayRequestHandler(recordings, options)
    const url = 'https://ecs.us-east-1.amazonaws.com/'
    return describeAdapter(requestHandler, {
      url,
      fetch: fetchThroughHandler(requestHandler),
      client: { requestHandler },
    })
  },
})

const FAILURES: [TransportFailure, name: string][] = [
  [{ failure: 'reset', code: 'ECONNRESET' }, 'TimeoutError'],
  [{ failure: 'timeout', code: 'ETIMEDOUT' }, 'TimeoutError'],
  [{ failure: 'refused', code: 'ECONNREFUSED' }, 'Error'],
  [{ failure: 'reset', code: 'EPIPE' }, 'TimeoutError'],
]

test.each(FAILURES)(
  "rejects with the error of the SDK's own handler for %o, which the client retries",
  async (failure, name) => {
    const failing = buildExchange(buildInput('a'), failure)
    const credentials = { accessKeyId: 'AKID', secretAccessKey: 'none' }
    const send = (maxAttempts: number) => {
      const requestHandler = replayRequestHandler(
        buildRecording(failing, failing, buildExchange(buildInput('a'), buildResponse(200, {}))),
      )
      return new ECSClient({ region: 'us-east-1', credentials, requestHandler, maxAttempts }).send(
        new StartTaskCommand(buildInput('a')),
      )
    }
    await expect(send(1)).rejects.toMatchObject({
      name,
      code: failure.code,
      $metadata: { attempts: 1 },
    })
    expect((await send(3)).$metadata.attempts).toBe(3)
  },
)

test('rejects when the caller aborts', async () => {
  const never = { now: () => Date.now(), sleep: () => new Promise<void>(() => {}) }
  const response = buildExchange(buildInput('a'), buildResponse(200, {}))
  const requestHandler = replayRequestHandler(buildRecording(response), {
    latency: 'recorded',
    clock: never,
  })
  const client = new ECSClient({
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKID', secretAccessKey: 'none' },
    requestHandler,
  })
  const sent = client.send(new StartTaskCommand(buildInput('a')), {
    abortSignal: AbortSignal.timeout(10),
  })
  await expect(sent).rejects.toMatchObject({ name: 'AbortError' })
})

const REQUEST = {
  method: 'POST',
  path: '/',
  headers: { 'X-Amz-Target': TARGET },
  body: JSON.stringify(buildInput('started')),
}

test('plays nothing for a caller who went away before, and tells why it rejects', async () => {
  const handler = replayRequestHandler(
    buildRecording(buildExchange(buildInput('started'), { failure: 'reset', code: 'ECONNRESET' })),
  )
  const reason = new Error('the test is over')
  const sent = handler.handle(REQUEST, { abortSignal: AbortSignal.abort(reason) })
  await expect(sent).rejects.toMatchObject({ name: 'AbortError', cause: reason })
  expect(handler.used()).toEqual([]) // and the recorded failure does not become a rejection that nobody handles
})

test('rejects when a signal without events is aborted', async () => {
  const never = { now: () => Date.now(), sleep: () => new Promise<void>(() => {}) }
  const handler = replayRequestHandler(buildRecording(STARTED), {
    latency: 'recorded',
    clock: never,
  })
  const abortSignal: { aborted: boolean; onabort?: () => void } = { aborted: false }
  const sent = handler.handle(REQUEST, { abortSignal })
  abortSignal.onabort?.()
  await expect(sent).rejects.toMatchObject({ name: 'AbortError' })
})

test.each([
  ['bytes', () => Buffer.from(REQUEST.body)],
  ['a stream', () => Readable.from([REQUEST.body])],
  ['an ArrayBuffer', () => new TextEncoder().encode(REQUEST.body).buffer],
])('takes a body of %s', async (_what, build) => {
  const { response } = await replayRequestHandler(buildRecording(STARTED)).handle({
    ...REQUEST,
    body: build(),
  })
  expect(response.statusCode).toBe(200)
})

test('answers a stream above the limit with 413, and reads it no further', async () => {
  let sent = 0
  function* sendMuch() {
    for (; sent < 20; sent++) yield Buffer.alloc(1024 * 1024)
  }
  const { response } = await replayRequestHandler(buildRecording(STARTED)).handle({
    ...REQUEST,
    body: Readable.from(sendMuch(), { highWaterMark: 1 }),
  })
  expect(response).toMatchObject({
    statusCode: 413,
    headers: { 'content-type': 'application/x-amz-json-1.1' },
  })
  expect(sent).toBeLessThan(10)
})

test('gives each caller bytes of its own', async () => {
  const handler = replayRequestHandler(buildRecording(STARTED), { afterLast: 'repeat' })
  const { response } = await handler.handle(REQUEST)
  const text = Buffer.from(response.body as Uint8Array).toString() // a response that is not cut has bytes
  Object.setPrototypeOf(response.body, null)
  Uint8Array.prototype.fill.call(response.body, 0)
  expect(Buffer.from((await handler.handle(REQUEST)).response.body as Uint8Array).toString()).toBe(
    text,
  )
})

test('hands on bytes of its own: what their caller makes of them changes no later response', async () => {
  const handler = replayRequestHandler(
    buildRecording(buildExchange(buildInput('a'), buildResponse(200, { tasks: [] }))),
    {
      afterLast: 'repeat',
    },
  )
  const request = {
    method: 'POST',
    path: '/',
    headers: { 'x-amz-target': TARGET },
    body: JSON.stringify(buildInput('a')),
  }
  const { body } = (await handler.handle(request)).response
  if (body instanceof Uint8Array) body.fill(0)
  expect((await handler.handle(request)).response.body).toEqual(
    Uint8Array.from(Buffer.from('{"tasks":[]}')),
  )
})
