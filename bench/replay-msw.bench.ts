import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

import type { Bench, Competitor } from './bench.ts'

export const bench: Bench = {
  title:
    'an SDK v3 call through msw handlers, against a bare msw handler that returns a constant; each in a process of its own',
  unit: 'µs',
  samplesPerRound: 1,
  async setUp() {
    await using made = new AsyncDisposableStack()
    const start = async (name: string, count: number): Promise<Competitor> => {
      const child = fork(join(import.meta.dirname, 'children/msw-calls.ts'), [String(count)], {
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      })
      made.defer(() => child.disconnect())
      await once(child, 'message')
      return {
        name,
        async measure() {
          child.send('measure')
          const [told]: unknown[] = await once(child, 'message')
          return typeof told === 'object' && told !== null && 'micros' in told
            ? Number(told.micros)
            : Number.NaN
        },
      }
    }
    const baseline = await start('a bare msw handler', 0)
    const competitors = [
      await start('replayHandlers, 1', 1),
      await start('replayHandlers, 100000', 100_000),
    ]
    const kept = made.move()
    return {
      baseline,
      competitors,
      claims: competitors.map(({ name }) => ({
        competitor: name,
        atMost: 1.15,
        says: `${name} recordings`,
      })),
      missing: [],
      [Symbol.asyncDispose]: () => kept.disposeAsync(),
    }
  },
}
