import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

import type { Bench } from './bench.ts'
import { writeTrail } from './cloudtrail.ts'

const EVENTS = 1_000_000
const run = promisify(execFile)

export const bench: Bench = {
  title: `a CloudTrail folder of ${EVENTS} events, 2 % of them StartTask: imported into an archive, each time in a new process`,
  unit: 'ms',
  samplesPerRound: 1,
  async setUp() {
    const root = mkdtempSync(join(tmpdir(), 'starttask-bench-'))
    const folder = writeTrail(join(root, 'trail'), EVENTS)
    const child = async (
      name: string,
      ...args: string[]
    ): Promise<{ ms: number; mebibytes: number }> => {
      const { stdout } = await run(process.execPath, [
        join(import.meta.dirname, 'children', name),
        folder,
        ...args,
      ])
      return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') // after what the command prints
    }
    const { mebibytes } = await child('import-cloudtrail.ts', join(root, 'out.ndjson'))
    return {
      baseline: {
        name: 'gunzip and JSON.parse',
        measure: async () => (await child('gunzip-parse.ts')).ms,
      },
      competitors: [
        {
          name: 'starttask import cloudtrail',
          note: `at most ${mebibytes.toFixed(0)} MiB`,
          measure: async () => (await child('import-cloudtrail.ts', join(root, 'out.ndjson'))).ms,
        },
      ],
      claims: [
        {
          competitor: 'starttask import cloudtrail',
          atMost: 2,
          says: 'imported at half the speed of gunzip and JSON.parse, or faster',
        },
      ],
      missing: [],
      async [Symbol.asyncDispose]() {
        rmSync(root, { recursive: true })
      },
    }
  },
}
