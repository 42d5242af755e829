import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import packageJson from '../package.json' with { type: 'json' }

const ROOT = join(import.meta.dirname, '..')
/** They load in their runner alone: test/runners/ runs them there. */
const RUNNERS = ['./jest', './vitest']

const ENTRIES = Object.entries(packageJson.exports).flatMap(([name, entry]) =>
  typeof entry === 'string' || RUNNERS.includes(name) ? [] : [`starttask-harness${name.slice(1)}`],
)

/** Runs a script in a process of its own, where nothing is loaded yet and no recorder or replay is wanted. */
function runNode(...args: string[]) {
  const { NODE_OPTIONS: _, ...env } = process.env
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: ROOT,
    env: { ...env, STARTTASK_MODE: 'off' },
    encoding: 'utf8',
    timeout: 30_000,
  })
  return { status, stdout, stderr }
}

test('imports every entry under a listening msw server, which goes on answering', () => {
  expect(ENTRIES.length).toBeGreaterThan(5)
  const { status, stdout, stderr } = runNode(
    join(import.meta.dirname, 'children/import-entries.ts'),
    JSON.stringify(ENTRIES),
  )
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  const mocked = [[{ reason: 'MOCK' }], { tasks: [], failures: [{ reason: 'MOCK' }] }]
  expect(JSON.parse(stdout)).toEqual({
    before: mocked,
    after: mocked,
    empty: ['starttask-harness/register'],
  })
})

/** The packages that a module brings along, as Node.js asks for them. */
const listLoaded = (entry: string) => `
import { registerHooks } from 'node:module'
const loaded = new Set()
registerHooks({ resolve(specifier, context, next) {
  const found = next(specifier, context)
  const name = /node_modules\\/((?:@[^/]+\\/)?[^/]+)\\//.exec(found.url)?.[1]
  if (name) loaded.add(name)
  return found
} })
await import('${entry}')
console.log(JSON.stringify([...loaded]))`

const BARE = [
  '',
  '/agent',
  '/fetch',
  '/matchers',
  '/nock',
  '/outcomes',
  '/sdk',
  '/server',
  '/vitest-reporter',
].map((subpath) => `starttask-harness${subpath}`)

test.each(BARE)('loads no package for %s', (entry) => {
  const { status, stdout, stderr } = runNode('--input-type=module', '-e', listLoaded(entry))
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(JSON.parse(stdout)).toEqual([])
})

test('sees what an entry does load', () => {
  const { stdout } = runNode('--input-type=module', '-e', listLoaded('starttask-harness/recorder'))
  expect(JSON.parse(stdout)).toContain('@mswjs/interceptors')
})
