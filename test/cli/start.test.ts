import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { runStarttask } from './starttask.ts'
import { LAYERS } from '../architecture/import-rules.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const bin = `${root}dist/cli/bin.js`
const { version }: { version: string } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'))

/** What a run of the command loads, told by a hook that is loaded before it. */
const listLoaded = (...args: string[]): string[] => {
  const hook = `import { registerHooks } from 'node:module'
    registerHooks({ load(url, context, next) { process._rawDebug('loads ' + url); return next(url, context) } })`
  const { stderr } = spawnSync(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(hook)}`, bin, ...args],
    {
      encoding: 'utf8',
    },
  )
  return [...stderr.matchAll(/^loads (.*)$/gm)].map(([, url = '']) => url)
}

test.for(['--version', '-V'])('says its version for %s', async (option) => {
  expect(await runStarttask([option])).toMatchObject({
    code: 0,
    stdout: `${version}\n`,
    stderr: '',
  })
})

test('answers --version before the command library loads', () => {
  const loaded = listLoaded('--version')
  const files = loaded
    .filter((url) => url.startsWith('file:'))
    .map((url) => url.slice(url.indexOf('dist/')))
  expect(files).toEqual([
    'dist/cli/bin.js',
    'dist/cli/version-response.js',
    'dist/package/index.js',
  ])
})

/** Modules of layers 0 to 2. */
const LOWER_MODULES = [...LAYERS].flatMap(([name, layer]) => (layer <= 2 ? name : []))

test('checks a recording without loading what only other commands need', () => {
  const loaded = listLoaded('check', `${root}recordings/started/page-sample.json`)
  expect(loaded.some((url) => url.endsWith('/cli/commands/check/check.js'))).toBe(true)
  const commands = loaded.flatMap((url) => /\/cli\/commands\/(\w+)\//.exec(url)?.[1] ?? [])
  expect(new Set(commands)).toEqual(new Set(['check']))
  const modules = loaded.flatMap((url) => /dist\/(?!cli\/)(\w+)\//.exec(url)?.[1] ?? [])
  expect(modules.filter((name) => !LOWER_MODULES.includes(name))).toEqual([])
  expect(
    loaded.filter((url) => /node:(crypto|zlib|http|https|module)$|secretlint/.test(url)),
  ).toEqual([])
})
