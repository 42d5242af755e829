import type * as EntryPoint from '../src/index.ts'
import type { Bench, Competitor } from './bench.ts'
import { createLoop } from './loops.ts'
import { ENTRY_POINT } from './peers.ts'
import { REQUEST } from './request.ts'
import { REQUEST_PEERS } from './request-peers.ts'

const BROKEN = { ...REQUEST, tags: [{ key: 'team', value: 1 }] }

export const bench: Bench = {
  title: `checkRequest on a valid request of ${JSON.stringify(REQUEST).length} bytes, against JSON.parse of it`,
  unit: 'ns',
  samplesPerRound: 3,
  async setUp() {
    const { checkRequest }: typeof EntryPoint = await import(ENTRY_POINT)
    const text = JSON.stringify(REQUEST)
    const ours = createCompetitor('checkRequest', (value) =>
      checkRequest(value).every(({ severity }) => severity !== 'error'),
    )
    const missing: string[] = []
    const peers: Competitor[] = []
    for (const { name, note, createCheck } of REQUEST_PEERS) {
      const check = await createCheck()
      if (check) peers.push(createCompetitor(name, check, note))
      else missing.push(name)
    }
    return {
      baseline: { name: 'JSON.parse', measure: createLoop(() => JSON.parse(text)) },
      competitors: [ours, ...peers],
      claims: [
        {
          competitor: ours.name,
          atMost: 0.5,
          says: 'checkRequest costs at most half of JSON.parse of the same text',
        },
      ],
      missing,
      [Symbol.asyncDispose]: () => Promise.resolve(),
    }
  },
}

/** All check the same parsed value, which is what a caller has in hand. */
function createCompetitor(
  name: string,
  check: (value: unknown) => boolean,
  note?: string,
): Competitor {
  const value: unknown = JSON.parse(JSON.stringify(REQUEST))
  if (!check(value) || check(BROKEN))
    throw new Error(`${name} does not tell the typical request from a broken one.`)
  return { name, ...(note === undefined ? {} : { note }), measure: createLoop(() => check(value)) }
}
