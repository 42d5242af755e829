import { FetchHttpHandler } from '@smithy/fetch-http-handler'
import axios from 'axios'
import { expect, test, vi } from 'vitest'

import { replayFetch } from '../../src/replayer/fetch.ts'
import { describeDoor, type Deviation, testReplayDoor } from '../suites/replay-doors.ts'
import { buildExchange, buildInput, buildRecording, STARTED, TARGET } from './recorded-exchanges.ts'

testReplayDoor({
  deviations: new Map<Deviation, string>([
    ['foreign host', 'it stands in for every endpoint of the service, and no web page can reach into a process'],
  ]),
  open: async (recordings, options) => {
    const replay = replayFetch(recordings, options)
    vi.stubGlobal('fetch', replay) // the SDK's handler for fetch takes the global one
    const way = {
      url: 'https://ecs.us-east-1.amazonaws.com/',
      fetch: (url: string, init: RequestInit) => replay(url, { method: 'POST', ...init }),
      client: { requestHandler: new FetchHttpHandler() },
    }
    return describeDoor(replay, way, () => vi.unstubAllGlobals())
  },
})

const URL_OF_SERVICE = 'https://ecs.us-east-1.amazonaws.com/'
const HEADERS = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': TARGET }
const BODY = JSON.stringify(buildInput('started'))

test('serves axios on fetch', async () => {
  const replay = replayFetch(buildRecording(STARTED))
  const answer = await axios.post(URL_OF_SERVICE, BODY, { adapter: 'fetch', env: { fetch: replay }, headers: HEADERS })
  expect([answer.status, replay.unused()]).toEqual([200, []])
})

test.each([
  ['a Request', () => [new Request(URL_OF_SERVICE, { method: 'POST', headers: HEADERS, body: BODY })] as const],
  ['a URL', () => [new URL(URL_OF_SERVICE), { method: 'POST', headers: HEADERS, body: BODY }] as const],
  ['bytes', () => [URL_OF_SERVICE, { method: 'POST', headers: HEADERS, body: new TextEncoder().encode(BODY) }] as const],
  ['a stream', () => [URL_OF_SERVICE, { method: 'POST', headers: HEADERS, body: new Blob([BODY]).stream() }] as const],
])('takes %s', async (_what, build) => {
  const [input, init] = build()
  expect((await replayFetch(buildRecording(STARTED))(input, init)).status).toBe(200)
})

test('rejects as fetch does when the caller aborts', async () => {
  const never = { now: () => Date.now(), sleep: () => new Promise<void>(() => {}) }
  const replay = replayFetch(buildRecording(STARTED), { latency: 'recorded', clock: never })
  const signal = AbortSignal.timeout(10)
  await expect(replay(URL_OF_SERVICE, { method: 'POST', headers: HEADERS, body: BODY, signal })).rejects.toMatchObject({
    name: 'TimeoutError',
  })
  const aborted = AbortSignal.abort()
  await expect(replay(URL_OF_SERVICE, { method: 'POST', body: BODY, signal: aborted })).rejects.toMatchObject({ name: 'AbortError' })
})

test('rejects with the recorded code as the cause', async () => {
  const replay = replayFetch(buildRecording(buildExchange(buildInput('a'), { failure: 'refused', code: 'ECONNREFUSED' })))
  const sent = replay(URL_OF_SERVICE, { method: 'POST', headers: HEADERS, body: JSON.stringify(buildInput('a')) })
  await expect(sent).rejects.toMatchObject({ name: 'TypeError', message: 'fetch failed', cause: { code: 'ECONNREFUSED' } })
})

test('gives a body that breaks off where the recorded one did', async () => {
  const replay = replayFetch(buildRecording(buildExchange(buildInput('a'), { failure: 'truncated', code: 'ECONNRESET' })))
  const answer = await replay(URL_OF_SERVICE, { method: 'POST', headers: HEADERS, body: JSON.stringify(buildInput('a')) })
  await expect(answer.text()).rejects.toMatchObject({ message: 'terminated', cause: { code: 'ECONNRESET' } })
})
