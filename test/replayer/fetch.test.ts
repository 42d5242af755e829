import { FetchHttpHandler } from '@smithy/fetch-http-handler'
import { vi } from 'vitest'

import { replayFetch } from '../../src/replayer/fetch.ts'
import { describeDoor, type Deviation, testReplayDoor } from '../suites/replay-doors.ts'

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
