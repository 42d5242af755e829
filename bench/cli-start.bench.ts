import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import type { Bench, Competitor } from './bench.ts'

const BIN = fileURLToPath(new URL('../dist/cli/bin.js', import.meta.url))
const RECORDING = fileURLToPath(new URL('../recordings/started/page-sample.json', import.meta.url))

export const bench: Bench = {
  title: 'a run of the command, against an empty script',
  unit: 'ms',
  samplesPerRound: 5,
  async setUp() {
    const folder = mkdtempSync(join(tmpdir(), 'starttask-bench-'))
    const empty = join(folder, 'empty.mjs')
    writeFileSync(empty, '')
    const commander = join(folder, 'commander.mjs')
    writeFileSync(commander, `import ${JSON.stringify(import.meta.resolve('commander'))}\n`)
    const runCommand = (...args: string[]): Competitor =>
      createProcess(`starttask ${args.join(' ')}`.replace(RECORDING, 'FILE'), [BIN, ...args])
    const version = runCommand('--version')
    const check = runCommand('check', RECORDING)
    return {
      baseline: createProcess('empty script', [empty]),
      competitors: [
        version,
        check,
        runCommand('--help'),
        createProcess("import 'commander'", [commander]),
      ],
      claims: [
        {
          competitor: version.name,
          atMost: 1.5,
          says: 'starttask --version takes at most 1.5 times an empty script',
        },
        {
          competitor: check.name,
          atMost: 3,
          says: 'starttask check of one file takes at most 3 times an empty script',
        },
      ],
      missing: [],
      [Symbol.asyncDispose]: async () => rmSync(folder, { recursive: true }),
    }
  },
}

function createProcess(name: string, args: readonly string[]): Competitor {
  return { name, measure: () => measureProcess(args) }
}

/** Milliseconds from the start of a Node.js process to its end. */
function measureProcess(args: readonly string[]): number {
  const start = performance.now()
  const { status, stderr, error } = spawnSync(process.execPath, args, {
    env: CLEAN_ENVIRONMENT,
    encoding: 'utf8',
  })
  const elapsed = performance.now() - start
  if (status !== 0) throw new Error(`A measured process failed: ${error?.message ?? stderr}`)
  return elapsed
}

/** Without what would change how Node.js starts, or what the command prints. */
const CLEAN_ENVIRONMENT = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(?:NODE_|CI$|GITHUB_)/.test(name)),
)
