import { rmSync } from 'node:fs'
import { join } from 'node:path'

import {
  ECSClient,
  type ECSClientConfig,
  StartTaskCommand,
  type StartTaskCommandInput,
} from '@aws-sdk/client-ecs'

import type * as Sdk from '../src/sdk.ts'
import { drawExchange, writeArchive } from './archives.ts'
import type { Bench, Competitor } from './bench.ts'
import { createAsyncLoop } from './loops.ts'
import { createChance, makeExchange, makeFolder } from './recordings.ts'

const COUNTS = [100, 1_000_000]

export const bench: Bench = {
  title:
    'an SDK v3 call through the request handler over an archive, against a request handler that returns a constant',
  unit: 'µs',
  samplesPerRound: 1,
  async setUp() {
    const { replayRequestHandler }: typeof Sdk = await import(
      new URL('../dist/sdk.js', import.meta.url).href
    )
    const folder = makeFolder({})
    const bytes = Buffer.from(JSON.stringify(makeExchange(0).response))
    const constant: Handler = {
      handle: () =>
        Promise.resolve({
          response: {
            statusCode: 200,
            headers: { 'content-type': 'application/x-amz-json-1.1' },
            body: Uint8Array.from(bytes),
          },
        }),
    }
    const baseline = await createCompetitor('a constant request handler', constant, 100)
    const competitors = [
      await createCompetitor('a constant request handler, 1000000 requests', constant, 1_000_000),
    ]
    for (const count of COUNTS) {
      const handler = replayRequestHandler(writeArchive(join(folder, `${count}.ndjson`), count), {
        afterLast: 'repeat',
      })
      competitors.push(await createCompetitor(`an archive of ${count}`, handler, count))
    }
    return {
      baseline,
      competitors,
      claims: [
        {
          competitor: 'an archive of 1000000',
          over: 'an archive of 100',
          atMost: 1.3,
          says: 'growth of a call from 100 to 1,000,000 exchanges',
        },
      ],
      missing: [],
      async [Symbol.asyncDispose]() {
        rmSync(folder, { recursive: true })
      },
    }
  },
}

type Handler = NonNullable<ECSClientConfig['requestHandler']>

async function createCompetitor(
  name: string,
  requestHandler: Handler,
  count: number,
): Promise<Competitor> {
  const credentials = {
    accessKeyId: 'BENCHKEYID',
    secretAccessKey: 'bench-secret',
    sessionToken: 'bench-token',
  }
  const client = new ECSClient({ region: 'eu-central-1', credentials, requestHandler })
  const chance = createChance()
  const measure = await createAsyncLoop(async () => {
    const input = drawExchange(count, chance).request as StartTaskCommandInput
    const { tasks } = await client.send(new StartTaskCommand(input))
    if (
      tasks?.length !== 1 ||
      (name.startsWith('an archive') && tasks[0]?.startedBy !== input.startedBy)
    )
      throw new Error(`${name} gave another response.`)
  })
  return { name, measure }
}
