import type * as Index from '../src/index.ts'
import type { Bench } from './bench.ts'
import { makeExchanges, makeRecording, TARGET } from './recordings.ts'

const COUNT = 10_000

export const bench: Bench = {
  title: `a miss with its report, beside ${COUNT} recordings of the operation, against JSON.parse of their ${COUNT} requests`,
  unit: 'ms',
  samplesPerRound: 3,
  async setUp() {
    const { createReplayer }: typeof Index = await import(
      new URL('../dist/index.js', import.meta.url).href
    )
    const exchanges = makeExchanges(COUNT)
    const texts = exchanges.map(({ request }) => JSON.stringify(request))
    const replayer = createReplayer(makeRecording(exchanges))
    const last = exchanges.at(-1)?.request
    let made = 0
    const miss = async (): Promise<void> => {
      const body = Buffer.from(JSON.stringify({ ...last, referenceId: `never recorded ${made++}` }))
      const response = await replayer.respond({
        method: 'POST',
        url: '/',
        headers: { 'x-amz-target': TARGET },
        body,
      })
      if (
        !('status' in response) ||
        !Buffer.from(response.body).toString().includes(`#${COUNT}, one difference`)
      )
        throw new Error('The closest was not found.')
    }
    return {
      baseline: {
        name: `JSON.parse of ${COUNT} requests`,
        measure: () => measureMs(() => Promise.resolve(texts.map((text) => JSON.parse(text)))),
      },
      competitors: [
        { name: 'a miss with its report', measure: () => measureMs(miss) },
        {
          name: 'the longest that others waited',
          note: 'of the same miss',
          measure: () => measureHold(miss),
        },
      ],
      claims: [{ competitor: 'a miss with its report', atMost: 1, says: 'a miss' }],
      missing: [],
      [Symbol.asyncDispose]: () => Promise.resolve(),
    }
  },
}

async function measureMs(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

/** The longest time between two turns of the event loop while it works. */
async function measureHold(work: () => Promise<unknown>): Promise<number> {
  const working = { isDone: false }
  let longest = 0
  const watch = async () => {
    while (!working.isDone) {
      const start = performance.now()
      await new Promise((resolve) => setImmediate(resolve))
      longest = Math.max(longest, performance.now() - start)
    }
  }
  const watched = watch()
  await work()
  working.isDone = true
  await watched
  return longest
}
