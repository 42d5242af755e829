import { hasSubscribers } from 'node:diagnostics_channel'
import { createServer } from 'node:http'

import { setupServer } from 'msw/node'
import { fetch as undiciFetch } from 'undici'
import { expect, test } from 'vitest'

import { replayHandlers, startReplay } from '../../src/replayer/adapters/msw.ts'
import { fetchOverNetwork } from '../suites/adapter-fetch.ts'
import {
  describeAdapter,
  type Deviation,
  type ReplayAdapter,
  testReplayAdapter,
} from '../suites/replay-adapters.ts'
import { buildInput, buildRecording, STARTED, TARGET } from './recorded-exchanges.ts'

const url = 'https://ecs.us-east-1.amazonaws.com/'

const deviations = new Map<Deviation, string>([
  [
    'reset of fetch',
    'handlers only give responses; fetch calls one whose body fails a closed connection',
  ],
  ['refused connection', 'handlers give responses alone; one whose body fails is a reset'],
  ['time-out', 'a reset at once: the time limits of SDK v2 do not run on the sockets of msw'],
  [
    'request of another service',
    'it is left to the other handlers, and an error where there is none: it never leaves the process',
  ],
  [
    'foreign host',
    'it stands in for every endpoint of the service, and no web page can reach into a process',
  ],
])

const adapter: ReplayAdapter = {
  clients: [
    'SDK v3',
    'SDK v2',
    'fetch',
    'axios',
    'axios on fetch',
    'got',
    'node:https',
    'undici fetch',
    'undici request',
  ],
  deviations,
  errors: [
    {
      clients: ['SDK v3'],
      code: 'ECONNRESET',
      reason: 'handlers only give responses; one whose body fails is a reset',
    },
    {
      clients: ['fetch'],
      code: 'UND_ERR_SOCKET',
      reason: 'handlers only give responses; fetch calls one whose body fails a closed connection',
    },
  ],
  open: async (recordings, options) => {
    const replay = startReplay(recordings, options)
    return describeAdapter(replay, { url, fetch: fetchOverNetwork }, () => replay.stop())
  },
}

testReplayAdapter(adapter)

test('gives handlers for an msw server that a test has already', async () => {
  const handlers = replayHandlers(buildRecording(STARTED))
  const server = setupServer(...handlers)
  server.listen({ onUnhandledFrame: 'error' })
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'x-amz-target': TARGET },
    body: JSON.stringify(buildInput('started')),
  })
  server.close()
  expect(response.status).toBe(200)
  expect(handlers.used()).toEqual([{ recording: 'recording 1', exchange: 1, times: 1 }])
  expect(handlers.unused()).toEqual([])
})

test('stops with disposal, and then leaves requests alone', async () => {
  const fetchBefore = globalThis.fetch
  {
    using replay = startReplay(buildRecording(STARTED))
    expect(replay.unused()).toHaveLength(1)
  }
  expect(globalThis.fetch).toBe(fetchBefore)
  expect(['undici:client:connected', 'undici:client:sendHeaders'].filter(hasSubscribers)).toEqual(
    [],
  )
})

test('stops twice as once', () => {
  using replay = startReplay(buildRecording(STARTED))
  replay.stop()
  expect(() => replay.stop()).not.toThrow()
})

test.each([
  'https://ecs.nowhere-9.amazonaws.com/',
  'https://ecs-fips.us-gov-west-1.amazonaws.com/',
  'http://10.0.0.1:8080/',
  'http://localhost:4566/',
])('answers whatever endpoint is asked: %s', async (endpoint) => {
  using replay = startReplay(buildRecording(STARTED))
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'x-amz-target': TARGET },
    body: JSON.stringify(buildInput('started')),
  })
  expect([response.status, replay.unused()]).toEqual([200, []])
})

test('sends nothing on a connection that fetch or undici opened before', async ({
  onTestFinished,
}) => {
  let served = 0
  const service = createServer((request, response) => {
    served += 1
    request.resume().on('end', () => response.end())
  })
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => service.close().closeAllConnections())
  const address = service.address()
  const endpoint = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`
  const init = {
    method: 'POST',
    headers: { 'x-amz-target': TARGET },
    body: JSON.stringify(buildInput('started')),
  }
  const sends = [() => fetch(endpoint, init), () => undiciFetch(endpoint, init)].map(
    (send) => () =>
      send().then(
        (response) => response.text(),
        () => 'an error',
      ),
  )
  for (const send of sends) expect(await send()).toBe('')
  using replay = startReplay(buildRecording(STARTED), { afterLast: 'repeat' })
  for (const send of sends) expect(await send()).not.toBe('')
  for (const send of sends) expect(await send()).toContain('PENDING')
  expect(served).toBe(2)
  replay.stop()
  for (const send of sends) expect(await send()).toBe('')
})

test('lets a client of undici go away within its request', async () => {
  let wake = () => {}
  const sleep = () => new Promise<void>((resolve) => void (wake = resolve))
  using replay = startReplay(buildRecording(STARTED), {
    latency: 'recorded',
    clock: { now: () => Date.now(), sleep },
  })
  const caller = new AbortController()
  const init = {
    method: 'POST',
    headers: { 'x-amz-target': TARGET },
    body: JSON.stringify(buildInput('started')),
  }
  const sent = undiciFetch(url, { ...init, signal: caller.signal })
  await expect.poll(() => replay.used()).toHaveLength(1)
  caller.abort()
  await expect(sent).rejects.toMatchObject({ name: 'AbortError' })
  wake()
})
