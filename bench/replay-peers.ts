import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'

import { formatRecording } from '../src/recording/index.ts'
import { createRedaction } from '../src/redaction/index.ts'
import type { Competitor, Setup } from './bench.ts'
import { type Load, startLoad } from './load.ts'
import { makeExchanges, makeFolder, makeRecording } from './recordings.ts'
import { startService } from './services.ts'

/** Peers by what they are called, with how bench/package.json names them. */
const PEERS = [
  ['msw behind node:http', 'msw', ''],
  ['WireMock', 'wiremock', 'wiremock'],
  ['talkback', 'talkback', 'talkback'],
  ['mountebank', 'mountebank', 'mountebank'],
] as const

/** At most so long, and of the slow ones so many requests, for one measurement. */
const RUN_MS = 400
const FEW_REQUESTS = 32

/** The replay server and its peers, each with so many recordings, under one load. */
export async function setUpPeers(count: number): Promise<Setup> {
  await using made = new AsyncDisposableStack()
  const folder = makeFolder({
    'recorded.json': formatRecording(
      createRedaction().redactRecording(makeRecording(makeExchanges(count))),
    ),
  })
  made.defer(() => rmSync(folder, { recursive: true }))
  const ours = made.use(await startService('replay-server.ts', join(folder, 'recorded.json')))
  const baseline = await warmUp(OURS, made.use(await startLoad(ours.url, { count })))
  const competitors: Competitor[] = []
  const missing: string[] = []
  for (const [name, peer, installed] of PEERS) {
    if (installed !== '' && !existsSync(join(import.meta.dirname, 'node_modules', installed)))
      missing.push(name)
    else {
      const service = made.use(await startService('peer-server.ts', peer, String(count)))
      competitors.push(
        await warmUp(name, made.use(await startLoad(service.url, { count, isCompared: false }))),
      )
    }
  }
  const kept = made.move()
  return {
    baseline,
    competitors,
    claims: competitors.map(({ name }) => ({
      competitor: OURS,
      over: name,
      atMost: 0.2,
      says: `a fifth of the time of ${name}`,
    })),
    missing,
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  }
}

const OURS = 'starttask replay'

async function warmUp(name: string, load: Load): Promise<Competitor> {
  const { micros } = await load.run(RUN_MS * 5, 20_000)
  const most = micros > 5000 ? FEW_REQUESTS : Number.POSITIVE_INFINITY
  const note = most === FEW_REQUESTS ? { note: `${FEW_REQUESTS} requests a round` } : {}
  return {
    name,
    ...note,
    measure: async () =>
      (await load.run(micros > 5000 ? 60_000 : RUN_MS, Number.isFinite(most) ? most : undefined))
        .micros,
  }
}
