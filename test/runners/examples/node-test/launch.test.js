import { test } from 'node:test'
import {
  assertFailedPlacement,
  assertReplayedAll,
  assertSentOnce,
  assertStartedTask,
} from 'starttask-harness/matchers'
import { replayRequestHandler } from 'starttask-harness/sdk'
import { launch } from '../launch.js'

test('starts a task', async () => {
  const requestHandler = replayRequestHandler('recordings/started/page-sample.json')
  assertStartedTask(await launch('4c543eed-f83f-47da-b1d8-3d23f1da4c64', { requestHandler }))
  assertSentOnce(requestHandler)
  assertReplayedAll(requestHandler)
})

test('takes failures for success', async () => {
  const requestHandler = replayRequestHandler(
    'recordings/unplaced/provider-agent-disconnected.json',
  )
  const answer = await launch('b7d0c3a2-61f4-4d8e-8a15-90e2c4f7d3b8', { requestHandler })
  assertFailedPlacement(answer, 'AGENT')
  assertStartedTask(answer)
})
