import { createArchiveWriter, createKeys } from '../src/archive/index.ts'
import { createRedaction } from '../src/redaction/index.ts'
import { type BenchExchange, makeExchange, makeRecording } from './recordings.ts'

/** Writes an archive of so many distinct exchanges, about 2 KB each. */
export function writeArchive(path: string, count: number): string {
  const redaction = createRedaction()
  const keys = createKeys({ match: { ignore: [], loosen: [], environment: 'names' }, redaction })
  const provenance = redaction.redactProvenance({ source: 'a bench' })
  const writer = createArchiveWriter(path, {
    recordedAt: '2026-11-24T00:00:00.000Z',
    provenance,
    keys: keys.rules,
  })
  for (let index = 0; index < count; index++) {
    const [exchange] = makeRecording([makeExchange(index)]).exchanges
    if (exchange) writer.add(redaction.redactExchange(exchange), keys.digest(exchange))
  }
  writer.finish()
  return path
}

/** Any of the exchanges of such an archive. */
export function drawExchange(count: number, chance: () => number): BenchExchange {
  return makeExchange(Math.floor(chance() * count))
}
