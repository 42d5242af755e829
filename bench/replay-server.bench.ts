import { rmSync } from 'node:fs'
import { join } from 'node:path'

import { formatRecording } from '../src/recording/index.ts'
import { createRedaction } from '../src/redaction/index.ts'
import type { Bench, Competitor } from './bench.ts'
import { startLoad } from './load.ts'
import { makeExchanges, makeFolder, makeRecording } from './recordings.ts'
import { startService } from './services.ts'

const RUN_MS = 400
/** Until each of 10,000 was met. */
const WARM_MS = 4000
const COUNTS = [1, 100, 10_000, 100_000]

export const bench: Bench = {
  title:
    'one request of 16 connections to an HTTP server, every response compared; the time that the server takes for one',
  unit: 'µs',
  samplesPerRound: 1,
  async setUp() {
    await using made = new AsyncDisposableStack() // what a failure leaves is put away as well
    const measure = async (
      name: string,
      url: string,
      load: Parameters<typeof startLoad>[1],
      note?: string,
    ): Promise<Competitor> => {
      const driven = made.use(await startLoad(url, load))
      await driven.run(WARM_MS)
      return {
        name,
        ...(note === undefined ? {} : { note }),
        measure: async () => (await driven.run(RUN_MS)).micros,
      }
    }
    const constant = made.use(await startService('upstream.ts', writeResponse(made)))
    const baseline = await measure('node:http, one response', constant.url, { count: 1 })
    const competitors: Competitor[] = []
    for (const count of COUNTS) {
      const server = made.use(
        await startService('replay-server.ts', ...writeRecordings(count, made)),
      )
      competitors.push(await measure(`replay, ${count}`, server.url, { count }))
      if (count === 10_000)
        competitors.push(
          await measure(
            `replay, ${count}, members shuffled`,
            server.url,
            { count, orders: 4 },
            'each body in 4 orders',
          ),
        )
      if (count === 1)
        competitors.push(
          await measure(
            `replay, ${count}, members shuffled`,
            server.url,
            { count, orders: 40_000 },
            'in 40,000 orders',
          ),
        )
    }
    const claim = (competitor: string, share: number, says: string) => ({
      competitor,
      atMost: 1 / share,
      says,
    })
    const kept = made.move()
    return {
      baseline,
      competitors,
      claims: [
        claim('replay, 1', 0.85, 'with one recording, at least 0.85 of the baseline’s requests'),
        claim(
          'replay, 10000',
          0.75,
          'with 10,000 recordings, at least 0.75 of the baseline’s requests',
        ),
        claim(
          'replay, 1, members shuffled',
          0.3,
          'with members in another order each time, at least 0.30 of them',
        ),
        {
          competitor: 'replay, 100000',
          over: 'replay, 100',
          atMost: 1.15,
          says: 'from 100 to 100,000 recordings, growth by at most 1.15',
        },
      ],
      missing: [],
      [Symbol.asyncDispose]: () => kept.disposeAsync(),
    }
  },
}

/** The baseline's one response. */
function writeResponse(stack: AsyncDisposableStack): string {
  const folder = makeFolder({ 'answer.json': JSON.stringify(makeExchanges(1)[0]?.response) })
  stack.defer(() => rmSync(folder, { recursive: true }))
  return join(folder, 'answer.json')
}

/** In files of 10,000, as large as a recording may be. */
function writeRecordings(count: number, stack: AsyncDisposableStack): string[] {
  const exchanges = makeExchanges(count)
  const files: Record<string, string> = {}
  for (let start = 0; start < count; start += 10_000)
    files[`${start}.json`] = formatRecording(
      createRedaction().redactRecording(makeRecording(exchanges.slice(start, start + 10_000))),
    )
  const folder = makeFolder(files)
  stack.defer(() => rmSync(folder, { recursive: true }))
  return Object.keys(files).map((file) => join(folder, file))
}
