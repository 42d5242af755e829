import { NodeHttpHandler } from '@smithy/node-http-handler'

import { replayAgent } from '../../src/replayer/agent.ts'
import { fetchThroughAgent } from '../suites/door-fetch.ts'
import { describeDoor, type Deviation, testReplayDoor } from '../suites/replay-doors.ts'

testReplayDoor({
  deviations: new Map<Deviation, string>([
    ['foreign host', 'it stands in for every endpoint of the service, and no web page can reach into a process'],
  ]),
  open: async (recordings, options) => {
    const agent = replayAgent(recordings, options)
    const requestHandler = new NodeHttpHandler({ httpAgent: agent, httpsAgent: agent })
    const url = 'https://ecs.us-east-1.amazonaws.com/'
    return describeDoor(agent, { url, fetch: fetchThroughAgent(agent), client: { requestHandler } }, () => agent.destroy())
  },
})
