import {
  ECSClient,
  type ECSClientConfig,
  StartTaskCommand,
  type StartTaskCommandInput,
} from '@aws-sdk/client-ecs'
import { NodeHttpHandler } from '@smithy/node-http-handler'

import type * as AgentAdapter from '../src/replayer/adapters/agent.ts'
import type * as Sdk from '../src/sdk.ts'
import type { Bench, Competitor } from './bench.ts'
import { createAsyncLoop } from './loops.ts'
import { type BenchExchange, createChance, makeExchanges, makeRecording } from './recordings.ts'

const COUNTS = [1, 100, 100_000]
const CONSTANT = 'a constant request handler, 100000 requests'
const OPTIONS = { afterLast: 'repeat' } as const

export const bench: Bench = {
  title:
    'an SDK v3 call within the process, redaction of the request included, against a request handler that returns a constant',
  unit: 'µs',
  samplesPerRound: 1,
  async setUp() {
    const { replayRequestHandler }: typeof Sdk = await import(
      new URL('../dist/sdk.js', import.meta.url).href
    )
    const { replayAgent }: typeof AgentAdapter = await import(
      new URL('../dist/agent.js', import.meta.url).href
    )
    const all = makeExchanges(100_000)
    const baseline = await createCompetitor(
      'a constant request handler',
      createConstantHandler(all[0]),
      all.slice(0, 100),
    )
    const constant = await createCompetitor(CONSTANT, createConstantHandler(all[0]), all)
    const competitors: Competitor[] = [constant]
    for (const count of COUNTS) {
      const exchanges = all.slice(0, count)
      const handler = replayRequestHandler(makeRecording(exchanges), OPTIONS)
      competitors.push(await createCompetitor(`replayRequestHandler, ${count}`, handler, exchanges))
    }
    const agent = replayAgent(makeRecording(all.slice(0, 100)), OPTIONS)
    competitors.push(
      await createCompetitor(
        'replayAgent, 100',
        new NodeHttpHandler({ httpsAgent: agent }),
        all.slice(0, 100),
        'real HTTP',
      ),
    )
    return {
      baseline,
      competitors,
      claims: [
        { competitor: 'replayRequestHandler, 1', atMost: 1.4, says: 'with one recording' },
        {
          competitor: 'replayRequestHandler, 100000',
          over: CONSTANT,
          atMost: 1.4,
          says: 'with 100,000 recordings, of as many requests',
        },
        {
          competitor: 'replayRequestHandler, 100000',
          over: 'replayRequestHandler, 100',
          atMost: 1.15,
          says: 'growth from 100 to 100,000',
        },
        { competitor: 'replayAgent, 100', atMost: 3, says: 'through the agent' },
      ],
      missing: [],
      async [Symbol.asyncDispose]() {
        agent.destroy()
      },
    }
  },
}

type Handler = NonNullable<ECSClientConfig['requestHandler']>

/** One call; throws when it is answered by what another call was recorded with. */
async function createCompetitor(
  name: string,
  requestHandler: Handler,
  exchanges: readonly BenchExchange[],
  note?: string,
): Promise<Competitor> {
  const credentials = {
    accessKeyId: 'BENCHKEYID',
    secretAccessKey: 'bench-secret',
    sessionToken: 'bench-token',
  }
  const client = new ECSClient({ region: 'eu-central-1', credentials, requestHandler })
  const chance = createChance()
  const measure = await createAsyncLoop(async () => {
    const input = exchanges[Math.floor(chance() * exchanges.length)]
      ?.request as StartTaskCommandInput
    const { tasks } = await client.send(new StartTaskCommand(input))
    if (
      tasks?.length !== 1 ||
      (!name.startsWith('a constant') && tasks[0]?.startedBy !== input.startedBy)
    )
      throw new Error(`${name} gave another response.`)
  })
  return { name, ...(note === undefined ? {} : { note }), measure }
}

function createConstantHandler(exchange: BenchExchange | undefined): Handler {
  const bytes = Buffer.from(JSON.stringify(exchange?.response))
  const headers = { 'content-type': 'application/x-amz-json-1.1' }
  return {
    handle: () =>
      Promise.resolve({ response: { statusCode: 200, headers, body: Uint8Array.from(bytes) } }),
  }
}
