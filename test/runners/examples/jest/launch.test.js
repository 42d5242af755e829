import 'starttask-harness/jest'
import { expect, test } from '@jest/globals'
import { startReplay } from 'starttask-harness/msw'
import { replayRequestHandler } from 'starttask-harness/sdk'
import { launch } from '../launch.js'

test('starts a task', async () => {
  const requestHandler = replayRequestHandler('recordings/started/page-sample.json')
  expect(
    await launch('4c543eed-f83f-47da-b1d8-3d23f1da4c64', { requestHandler }),
  ).toHaveStartedTask()
  expect(requestHandler).toHaveBeenSentOnceWith({
    containerInstances: [expect.stringMatching(/^4c54/)],
  })
  expect(requestHandler).toHaveReplayedAll()
})

test('starts a task through msw, and nothing is patched afterwards', async () => {
  const replay = startReplay('recordings/started/page-sample.json')
  expect({ answer: await launch('4c543eed-f83f-47da-b1d8-3d23f1da4c64') }).toEqual({
    answer: expect.toHaveStartedTask(),
  })
  replay.stop()
})

test('takes failures for success', async () => {
  const requestHandler = replayRequestHandler(
    'recordings/unplaced/provider-agent-disconnected.json',
  )
  expect(
    await launch('b7d0c3a2-61f4-4d8e-8a15-90e2c4f7d3b8', { requestHandler }),
  ).toHaveStartedTask()
})
