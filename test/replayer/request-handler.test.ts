import { ECSClient, StartTaskCommand } from '@aws-sdk/client-ecs'
import { expect, test } from 'vitest'

import type { TransportFailure } from '../../src/protocol/index.ts'
import { replayRequestHandler } from '../../src/replayer/request-handler.ts'
import { fetchThroughHandler } from '../suites/door-fetch.ts'
import { describeDoor, type Deviation, testReplayDoor } from '../suites/replay-doors.ts'
import { buildAnswer, buildExchange, buildInput, buildRecording } from './recorded-exchanges.ts'

testReplayDoor({
  deviations: new Map<Deviation, string>([
    ['foreign host', 'it stands in for every endpoint of the service, and no web page can reach into a process'],
  ]),
  open: async (recordings, options) => {
    const requestHandler = replayRequestHandler(recordings, options)
    const url = 'https://ecs.us-east-1.amazonaws.com/'
    return describeDoor(requestHandler, { url, fetch: fetchThroughHandler(requestHandler), client: { requestHandler } })
  },
})

const FAILURES: [TransportFailure, name: string][] = [
  [{ failure: 'reset', code: 'ECONNRESET' }, 'TimeoutError'],
  [{ failure: 'timeout', code: 'ETIMEDOUT' }, 'TimeoutError'],
  [{ failure: 'refused', code: 'ECONNREFUSED' }, 'Error'],
  [{ failure: 'reset', code: 'EPIPE' }, 'TimeoutError'],
]

test.each(FAILURES)("rejects with the error of the SDK's own handler for %o, which the client retries", async (failure, name) => {
  const failing = buildExchange(buildInput('a'), failure)
  const credentials = { accessKeyId: 'AKID', secretAccessKey: 'none' }
  const send = (maxAttempts: number) => {
    const requestHandler = replayRequestHandler(buildRecording(failing, failing, buildExchange(buildInput('a'), buildAnswer(200, {}))))
    return new ECSClient({ region: 'us-east-1', credentials, requestHandler, maxAttempts }).send(new StartTaskCommand(buildInput('a')))
  }
  await expect(send(1)).rejects.toMatchObject({ name, code: failure.code, $metadata: { attempts: 1 } })
  expect((await send(3)).$metadata.attempts).toBe(3)
})

test('rejects when the caller aborts', async () => {
  const never = { now: () => Date.now(), sleep: () => new Promise<void>(() => {}) }
  const answer = buildExchange(buildInput('a'), buildAnswer(200, {}))
  const requestHandler = replayRequestHandler(buildRecording(answer), { latency: 'recorded', clock: never })
  const client = new ECSClient({ region: 'us-east-1', credentials: { accessKeyId: 'AKID', secretAccessKey: 'none' }, requestHandler })
  const sent = client.send(new StartTaskCommand(buildInput('a')), { abortSignal: AbortSignal.timeout(10) })
  await expect(sent).rejects.toMatchObject({ name: 'AbortError' })
})
