import { replayRequestHandler } from '../../src/replayer/request-handler.ts'
import { fetchThroughHandler } from '../suites/door-fetch.ts'
import { describeDoor, type Deviation, testReplayDoor } from '../suites/replay-doors.ts'

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
