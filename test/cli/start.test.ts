import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
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
  const files = listLoaded('--version')
    .filter((url) => url.startsWith('file:'))
    .map((url) => url.slice(url.indexOf('dist/')))
  expect(files).toEqual([
    'dist/cli/bin.js',
    'dist/version-response.js',
    'dist/start.js',
    'dist/rolldown-runtime.js',
  ])
})

/** Modules above layer 2 that a check may load: the main entry point loads the engine, and they share the file that has both. */
const SHARED_MODULES = ['replayer/engine']

/** Modules of layers 0 to 2, and the command itself. */
const LOWER_MODULES = [...LAYERS].flatMap(([name, layer]) => (layer <= 2 ? name : []))

test('checks a recording without loading what only other commands need', () => {
  const loaded = listLoaded('check', `${root}recordings/started/page-sample.json`)
  const sources = loaded.flatMap(listSources)
  expect(sources).toContain('cli/commands/check/check.ts')
  const commands = sources.flatMap((path) =>
    path.endsWith('/command.ts') ? [] : (/^cli\/commands\/([\w-]+)\//.exec(path)?.[1] ?? []),
  )
  expect(new Set(commands)).toEqual(new Set(['check']))
  const modules = sources.map((path) =>
    [...LAYERS.keys()].find((name) => path.startsWith(`${name}/`)),
  )
  const allowed = [...LOWER_MODULES, ...SHARED_MODULES, 'cli', undefined]
  expect(modules.filter((name) => !allowed.includes(name))).toEqual([])
  expect(sources).not.toContain('contract/generated/catalogue.js')
  expect(
    loaded.filter((url) => /node:(crypto|zlib|http|https|module)$|secretlint/.test(url)),
  ).toEqual([])
})

/** The files of src/ that a file of dist/ was made from, as its source map says. */
function listSources(url: string): string[] {
  const file = url.startsWith(`file://${root}dist/`) ? `${fileURLToPath(url)}.map` : ''
  if (!existsSync(file)) return []
  const map: { sources: string[] } = JSON.parse(readFileSync(file, 'utf8'))
  return map.sources.flatMap((source) => /(?:^|\/)src\/(.*)$/.exec(source)?.[1] ?? [])
}

/** Descriptions of commands are loaded together, for help: they may not load what the commands work with. */
test('prints help without loading what commands work with', () => {
  const sources = listLoaded('--help').flatMap(listSources)
  expect(sources).toContain('cli/commands/check/command.ts')
  expect(sources.filter((path) => !/^(?:cli|message|package)\//.test(path))).toEqual([])
  expect(sources.filter((path) => /^cli\/commands\/.*(?<!\/command\.ts)$/.test(path))).toEqual([])
})
