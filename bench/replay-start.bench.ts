import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

import { formatRecording } from '../src/recording/index.ts'
import { createRedaction } from '../src/redaction/index.ts'
import type { Bench, Competitor } from './bench.ts'
import {
  type BenchExchange,
  makeExchanges,
  makeFolder,
  makeRecording,
  TARGET,
} from './recordings.ts'

const COUNT = 10_000
const CHILDREN = join(import.meta.dirname, 'children')

export const bench: Bench = {
  title: `from a process's start to a server's first response, with ${COUNT} recordings in a file`,
  unit: 'ms',
  samplesPerRound: 1,
  async setUp() {
    const exchanges = makeExchanges(COUNT)
    const folder = makeFolder({
      'recorded.json': formatRecording(createRedaction().redactRecording(makeRecording(exchanges))),
      'answer.json': JSON.stringify(exchanges.at(-1)?.response),
    })
    const path = join(folder, 'recorded.json')
    const last = exchanges.at(-1)
    const response = join(folder, 'answer.json')
    const start = (script: string, cache: string, ...args: string[]) =>
      startAndAsk(script, args, last, join(folder, cache))
    await new Promise((resolve) => setTimeout(resolve, 200)) // until the file is older than what an index waits for
    await start('replay-server.ts', 'cache', path)
    let times = 0
    const memory = async (script: string, ...args: string[]) =>
      (await start(script, 'cache', ...args)).mebibytes
    const bare = await memory('upstream.ts', response)
    const more = (await memory('replay-server.ts', path)) - bare
    const competitors: Competitor[] = [
      {
        name: 'replay server',
        note: `${more.toFixed(0)} MiB more than the baseline's ${bare.toFixed(0)}`,
        measure: async () => (await start('replay-server.ts', 'cache', path)).ms,
      },
      {
        name: 'replay server, the first time',
        note: 'it makes its index',
        measure: async () => (await start('replay-server.ts', `cache-${times++}`, path)).ms,
      },
    ]
    return {
      baseline: {
        name: 'a bare node:http server',
        measure: async () => (await start('upstream.ts', 'cache', response)).ms,
      },
      competitors,
      claims: [{ competitor: 'replay server', atMost: 1.5, says: 'the start' }],
      missing: [],
      async [Symbol.asyncDispose]() {
        rmSync(folder, { recursive: true })
      },
    }
  },
}

/** Milliseconds to the first response, and the memory that the process held then. */
async function startAndAsk(
  script: string,
  args: string[],
  exchange: BenchExchange | undefined,
  cache: string,
): Promise<{ ms: number; mebibytes: number }> {
  const begun = performance.now()
  const env = { ...process.env, XDG_CACHE_HOME: cache }
  const child = fork(join(CHILDREN, script), args, {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    env,
  })
  if (!child.stdout) throw new Error('The child has no standard output.')
  const [url] = await once(createInterface(child.stdout), 'line')
  const response = await fetch(String(url), {
    method: 'POST',
    headers: { 'x-amz-target': TARGET },
    body: JSON.stringify(exchange?.request),
  })
  await response.arrayBuffer()
  const ms = performance.now() - begun
  const mebibytes =
    Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) / 1024
  const ended = once(child, 'exit')
  child.disconnect()
  await ended
  if (response.status !== 200) throw new Error(`The first response was HTTP ${response.status}.`)
  return { ms, mebibytes }
}
