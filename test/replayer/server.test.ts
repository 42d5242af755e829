import { expect, test } from 'vitest'

import { startReplayServer } from '../../src/replayer/server.ts'
import { fetchOverNetwork } from '../suites/door-fetch.ts'
import { describeDoor, type Deviation, testReplayDoor } from '../suites/replay-doors.ts'
import { buildInput, buildRecording, STARTED, TARGET } from './recorded-exchanges.ts'

testReplayDoor({
  deviations: new Map<Deviation, string>(),
  open: async (recordings, options) => {
    const server = await startReplayServer(recordings, options)
    return describeDoor(server, { url: server.url, fetch: fetchOverNetwork }, () => server.stop())
  },
})

function post(url: string): Promise<Response> {
  return fetch(url, { method: 'POST', headers: { 'x-amz-target': TARGET }, body: JSON.stringify(buildInput('started')) })
}

test('starts every sequence again after a reset', async () => {
  await using server = await startReplayServer(buildRecording(STARTED))
  await post(server.url)
  server.reset()
  expect(server.unused()).toHaveLength(1)
  expect((await post(server.url)).status).toBe(200)
})

test.each([-1, 1.5, 65_536, Number.NaN])('refuses the port %d', async (port) => {
  await expect(startReplayServer(buildRecording(STARTED), { port })).rejects.toMatchObject({ name: 'HarnessError', code: 'usage' })
})

test('says that its port is taken', async () => {
  await using server = await startReplayServer(buildRecording(STARTED))
  const port = Number(new URL(server.url).port)
  await expect(startReplayServer(buildRecording(STARTED), { port })).rejects.toMatchObject({ code: 'port-in-use' })
})

test('stops twice as once', async () => {
  const server = await startReplayServer(buildRecording(STARTED))
  await Promise.all([server.stop(), server.stop()])
  await expect(post(server.url)).rejects.toThrow('fetch failed')
})
