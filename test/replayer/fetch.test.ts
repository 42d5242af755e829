import { FetchHttpHandler } from '@smithy/fetch-http-handler'
import { expect, test, vi } from 'vitest'

import { replayFetch } from '../../src/replayer/adapters/index.ts'
import { describeAdapter, type Deviation, testReplayAdapter } from '../suites/replay-adapters.ts'
import { buildExchange, buildInput, buildRecording, STARTED, TARGET } from './recorded-exchanges.ts'

testReplayAdapter({
  clients: ['SDK v3', 'fetch', 'axios on fetch'],
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
  errors: [
    {
      clients: ['SDK v3'],
      name: 'TypeError',
      reason: "the SDK's handler for fetch passes on the error of fetch",
    },
  ],
  open: async (recordings, options) => {
    const replay = replayFetch(recordings, options)
    vi.stubGlobal('fetch', replay) // the SDK's handler for fetch takes the global one
    const way = {
      url: 'https://ecs.us-east-1.amazonaws.com/',
      fetch: (url: string, init: RequestInit) => replay(url, { method: 'POST', ...init }),
      client: { requestHandler: new FetchHttpHandler() },
      givenFetch: replay,
    }
    return describeAdapter(replay, way, () => vi.unstubAllGlobals())
  },
})

const URL_OF_SERVICE = 'https://ecs.us-east-1.amazonaws.com/'
const HEADERS = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': TARGET }
const BODY = JSON.stringify(buildInput('started'))

test.each([
  [
    'a Request',
    () => [new Request(URL_OF_SERVICE, { method: 'POST', headers: HEADERS, body: BODY })] as const,
  ],
  [
    'a URL',
    () => [new URL(URL_OF_SERVICE), { method: 'POST', headers: HEADERS, body: BODY }] as const,
  ],
  [
    'bytes',
    () =>
      [
        URL_OF_SERVICE,
        { method: 'POST', headers: HEADERS, body: new TextEncoder().encode(BODY) },
      ] as const,
  ],
  [
    'a stream',
    () =>
      [
        URL_OF_SERVICE,
        { method: 'POST', headers: HEADERS, body: new Blob([BODY]).stream() },
      ] as const,
  ],
])('takes %s', async (_what, build) => {
  const [input, init] = build()
  expect((await replayFetch(buildRecording(STARTED))(input, init)).status).toBe(200)
})

test('rejects as fetch does when the caller aborts', async () => {
  const never = { now: () => Date.now(), sleep: () => new Promise<void>(() => {}) }
  const replay = replayFetch(buildRecording(STARTED), { latency: 'recorded', clock: never })
  const signal = AbortSignal.timeout(10)
  await expect(
    replay(URL_OF_SERVICE, { method: 'POST', headers: HEADERS, body: BODY, signal }),
  ).rejects.toMatchObject({
    name: 'TimeoutError',
  })
  const aborted = AbortSignal.abort()
  await expect(
    replay(URL_OF_SERVICE, { method: 'POST', body: BODY, signal: aborted }),
  ).rejects.toMatchObject({ name: 'AbortError' })
})

test('rejects with the recorded code as the cause', async () => {
  const replay = replayFetch(
    buildRecording(buildExchange(buildInput('a'), { failure: 'refused', code: 'ECONNREFUSED' })),
  )
  const sent = replay(URL_OF_SERVICE, {
    method: 'POST',
    headers: HEADERS,
    body: JSON.stringify(buildInput('a')),
  })
  await expect(sent).rejects.toMatchObject({
    name: 'TypeError',
    message: 'fetch failed',
    cause: { code: 'ECONNREFUSED' },
  })
})

test('gives a body that breaks off where the recorded one did', async () => {
  const replay = replayFetch(
    buildRecording(buildExchange(buildInput('a'), { failure: 'truncated', code: 'ECONNRESET' })),
  )
  const response = await replay(URL_OF_SERVICE, {
    method: 'POST',
    headers: HEADERS,
    body: JSON.stringify(buildInput('a')),
  })
  await expect(response.text()).rejects.toMatchObject({
    message: 'terminated',
    cause: { code: 'ECONNRESET' },
  })
})

test('rejects for a URL that is none, rather than to throw', async () => {
  await expect(replayFetch(buildRecording(STARTED))('/relative')).rejects.toThrow(
    'Failed to parse URL',
  )
})

test('tells where the response is from', async () => {
  const response = await replayFetch(buildRecording(STARTED))(`${URL_OF_SERVICE}#part`, {
    method: 'POST',
    headers: HEADERS,
    body: BODY,
  })
  expect([response.url, response.clone().status]).toEqual([URL_OF_SERVICE, 200])
})

test('plays nothing for a caller who went away, before or while the body was read', async () => {
  const replay = replayFetch(buildRecording(STARTED))
  const before = replay(URL_OF_SERVICE, {
    method: 'POST',
    headers: HEADERS,
    body: BODY,
    signal: AbortSignal.abort(),
  })
  await expect(before).rejects.toMatchObject({ name: 'AbortError' })
  const caller = new AbortController()
  const body = new ReadableStream({
    pull(stream) {
      caller.abort()
      stream.enqueue(new TextEncoder().encode(BODY))
      stream.close()
    },
  })
  const within = replay(URL_OF_SERVICE, {
    method: 'POST',
    headers: HEADERS,
    body,
    signal: caller.signal,
  })
  await expect(within).rejects.toMatchObject({ name: 'AbortError' })
  expect(replay.used()).toEqual([])
})

test('answers a stream above the limit with 413', async () => {
  const body = new Blob([new Uint8Array(5 * 1024 * 1024)]).stream()
  const response = await replayFetch(buildRecording(STARTED))(URL_OF_SERVICE, {
    method: 'POST',
    headers: HEADERS,
    body,
  })
  expect([response.status, await response.json()]).toMatchObject([
    413,
    { __type: 'RequestTooLarge' },
  ])
})
