import { execFile } from 'node:child_process'
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { writeArchive } from './archives.ts'
import type { Bench } from './bench.ts'
import { makeExchange, makeFolder } from './recordings.ts'

const COUNT = 1_000_000
const CHILD = join(import.meta.dirname, 'children/archive.ts')
const run = promisify(execFile)

export const bench: Bench = {
  title: `an archive of ${COUNT} exchanges: from opening it to the first response, each time in a new process`,
  unit: 'ms',
  samplesPerRound: 1,
  async setUp() {
    const folder = makeFolder({})
    const path = writeArchive(join(folder, 'all.ndjson'), COUNT)
    const request = JSON.stringify(makeExchange(COUNT - 1).request)
    const look = async (what: string): Promise<{ ms: number; mebibytes: number }> => {
      const { stdout } = await run(process.execPath, [CHILD, what, path, request])
      return JSON.parse(stdout)
    }
    const dropIndex = () => {
      for (const name of readdirSync(folder))
        if (name.endsWith('.index')) rmSync(join(folder, name))
    }
    const first = await look('open')
    const again = await look('open')
    return {
      baseline: {
        name: 'read the bytes, find the lines',
        measure: async () => (await look('lines')).ms,
      },
      competitors: [
        { name: 'read the bytes', measure: async () => (await look('read')).ms },
        {
          name: 'ready, the first time',
          note: `it makes its index; at most ${first.mebibytes.toFixed(0)} MiB`,
          measure: async () => {
            dropIndex()
            return (await look('open')).ms
          },
        },
        {
          name: 'ready, with its index',
          note: `at most ${again.mebibytes.toFixed(0)} MiB`,
          measure: async () => {
            await look('open') // the row above may have taken the index away
            return (await look('open')).ms
          },
        },
      ],
      claims: [
        { competitor: 'ready, the first time', atMost: 3, says: 'the first time' },
        {
          competitor: 'ready, with its index',
          over: 'read the bytes',
          atMost: 0.1,
          says: 'with its index, to reading the bytes',
        },
      ],
      missing: [],
      async [Symbol.asyncDispose]() {
        rmSync(folder, { recursive: true })
      },
    }
  },
}
