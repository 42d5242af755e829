import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'

import { ask, buildParquetArchive, NAMED_QUERIES } from '../src/query/index.ts'
import type { Bench } from './bench.ts'
import { writeTrail } from './cloudtrail.ts'

const EVENTS = 1_000_000
const JOB = { operations: ['StartTask'], config: { keep: [], redact: [] }, limit: Infinity }

export const bench: Bench = {
  title: `the query "outcomes" over CloudTrail's files of ${EVENTS} events, 2 % of them StartTask, and over the archive made of them; DuckDB opened anew each time`,
  unit: 'ms',
  samplesPerRound: 1,
  async setUp() {
    const root = mkdtempSync(join(tmpdir(), 'starttask-bench-'))
    const trail = writeTrail(join(root, 'trail'), EVENTS)
    const alone = writeTrail(join(root, 'alone'), EVENTS, 'StartTask')
    const archive = join(root, 'archive')
    await buildParquetArchive({ ...JOB, paths: [trail], out: archive })
    const sql = NAMED_QUERIES.find(({ name }) => name === 'outcomes')?.sql ?? ''
    const { rows: expected } = await ask({ ...JOB, paths: [trail], sql })
    if (expected.length < EVENTS / 100) throw new Error(`The query gives ${expected.length} rows.`)
    /** Every sample is compared: a time counts with equal rows alone. */
    const measure = (path: string) => async () => {
      const began = performance.now()
      const { rows } = await ask({ ...JOB, paths: [path], sql })
      const took = performance.now() - began
      if (!isDeepStrictEqual(rows, expected)) throw new Error(`${path} gives other rows.`)
      return took
    }
    return {
      baseline: { name: "DuckDB on CloudTrail's files", measure: measure(trail) },
      competitors: [
        { name: 'the archive', note: `${expected.length} equal rows`, measure: measure(archive) },
        {
          name: 'files with the StartTask events alone',
          note: 'nobody has them so',
          measure: measure(alone),
        },
      ],
      claims: [
        {
          competitor: 'the archive',
          atMost: 0.2,
          says: 'the same text gives equal rows from the archive, at least 5 times as fast',
        },
      ],
      missing: [],
      async [Symbol.asyncDispose]() {
        rmSync(root, { recursive: true })
      },
    }
  },
}
