/**
 * Measures SDK v3 calls through msw in a process of its own, which msw patches. Argument: how many recordings, 0 for a bare handler that returns a
 * constant. Answers each message with the microseconds of one call.
 */
import { ECSClient, StartTaskCommand, type StartTaskCommandInput } from '@aws-sdk/client-ecs'
import { http, HttpResponse } from 'msw/http'
import { setupServer } from 'msw/node'

import type * as Msw from '../../src/replayer/adapters/msw.ts'
import { createAsyncLoop } from '../loops.ts'
import { createChance, makeExchanges, makeRecording } from '../recordings.ts'

const count = Number(process.argv[2])
const exchanges = makeExchanges(Math.max(1, count))
const { replayHandlers }: typeof Msw = await import(
  new URL('../../dist/msw.js', import.meta.url).href
)
const text = JSON.stringify(exchanges[0]?.response)
const headers = { 'content-type': 'application/x-amz-json-1.1' }
const handlers =
  count === 0
    ? [
        http.post(
          'https://ecs.eu-central-1.amazonaws.com/',
          () => new HttpResponse(text, { headers }),
        ),
      ]
    : replayHandlers(makeRecording(exchanges), { afterLast: 'repeat' })
setupServer(...handlers).listen({ onUnhandledFrame: 'error' })
const client = new ECSClient({
  region: 'eu-central-1',
  credentials: { accessKeyId: 'BENCHKEYID', secretAccessKey: 'bench-secret' },
})
const chance = createChance()
const measure = await createAsyncLoop(async () => {
  const input = exchanges[Math.floor(chance() * exchanges.length)]?.request as StartTaskCommandInput
  const { tasks } = await client.send(new StartTaskCommand(input))
  if (tasks?.[0]?.startedBy !== input.startedBy) throw new Error('Another response.')
})
process.on('message', () => void measure().then((micros) => process.send?.({ micros })))
process.on('disconnect', () => process.exit())
process.send?.('ready')
