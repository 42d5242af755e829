/** Every adapter within the process, after exhaustion and beside a callback that throws as well. */
import { NodeHttpHandler } from '@smithy/node-http-handler'

import {
  replayAgent,
  replayFetch,
  replayRequestHandler,
} from '../../../src/replayer/adapters/index.ts'
import type { ReplayOptions } from '../../../src/replayer/engine/index.ts'
import { type ClientConfig, describe, RECORDING, sendCommands } from './offline-requests.ts'

const broken: ReplayOptions = {
  onMiss() {
    throw new Error('broken')
  },
}
const results: string[] = []
for (const options of [{}, broken]) {
  const agent = replayAgent(RECORDING, options)
  const handlers: NonNullable<ClientConfig['requestHandler']>[] = [
    replayRequestHandler(RECORDING, options),
    new NodeHttpHandler({ httpsAgent: agent, httpAgent: agent }),
  ]
  for (const requestHandler of handlers)
    results.push(...(await sendCommands({ region: 'nowhere-9', requestHandler })))
  const replay = replayFetch(RECORDING, options)
  results.push(
    await describe(replay('https://service.invalid/', { method: 'POST', body: 'not ECS' })),
  )
}
process.stdout.write(JSON.stringify({ results }))
