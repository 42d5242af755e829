import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { Bench, Competitor } from './bench.ts'
import { ENTRY_POINT } from './peers.ts'

export const bench: Bench = {
  title: 'a process that imports the entry point, against an empty one',
  unit: 'ms',
  samplesPerRound: 5,
  async setUp() {
    const folder = mkdtempSync(join(tmpdir(), 'starttask-bench-'))
    const createProcess = (name: string, script: string): Competitor => {
      const file = join(folder, `${name.replaceAll(/\W+/g, '-')}.mjs`)
      writeFileSync(file, script)
      return { name, measure: () => measureProcess(file) }
    }
    const createImport = (specifier: string, place: string) =>
      createProcess(`import '${specifier}'`, `import ${JSON.stringify(place)}\n`)
    const ours = createImport('starttask-harness', ENTRY_POINT)
    return {
      baseline: createProcess('empty module', ''),
      competitors: [
        ours,
        ...['msw/node', 'nock'].map((name) => createImport(name, import.meta.resolve(name))),
      ],
      claims: [
        {
          competitor: ours.name,
          atMost: 1.6,
          says: 'a process that imports the entry point takes at most 1.6 times an empty one',
        },
      ],
      missing: [],
      [Symbol.asyncDispose]: async () => rmSync(folder, { recursive: true }),
    }
  },
}

/** Milliseconds from the start of a Node.js process to its end. */
function measureProcess(file: string): number {
  const start = performance.now()
  const { status, stderr, error } = spawnSync(process.execPath, [file], {
    env: CLEAN_ENVIRONMENT,
    encoding: 'utf8',
  })
  const elapsed = performance.now() - start
  if (status !== 0) throw new Error(`A measured process failed: ${error?.message ?? stderr}`)
  return elapsed
}

/** Without what would change how Node.js starts: options, a compile cache, coverage. */
const CLEAN_ENVIRONMENT = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !name.startsWith('NODE_')),
)
