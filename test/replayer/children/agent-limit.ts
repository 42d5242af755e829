/** Asks an agent for what was recorded as a time-out; argument: how many milliseconds it waits, or `none`. */
import { request } from 'node:https'

import { replayAgent } from '../../../src/replayer/adapters/index.ts'
import { buildExchange, buildInput, buildRecording, TARGET } from '../recorded-exchanges.ts'

const limit = process.argv[2] ?? 'none'
const agent = replayAgent(
  buildRecording(buildExchange(buildInput('a'), { failure: 'timeout', code: 'ETIMEDOUT' })),
)
const options = {
  agent,
  method: 'POST',
  headers: { 'x-amz-target': TARGET },
  ...(limit !== 'none' && { timeout: Number(limit) }),
}
const sent = request('https://ecs.us-east-1.amazonaws.com/', options)
sent.on('timeout', () => {
  process.stdout.write('timeout\n')
  sent.destroy()
})
sent.on('error', (error: NodeJS.ErrnoException) => process.stdout.write(`${error.code}\n`))
sent.end(JSON.stringify(buildInput('a')))
