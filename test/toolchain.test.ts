import { execFile } from 'node:child_process'
import { readFileSync, realpathSync } from 'node:fs'
import { findPackageJSON } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { expect, inject, test } from 'vitest'

import packageJson from '../package.json' with { type: 'json' }
import { VERSION } from '../src/package/index.ts'
import { type OutsidePrograms, reportSkipped } from './report-skipped.ts'

const ROOT = join(import.meta.dirname, '..')
const ENTRY_POINT = pathToFileURL(join(ROOT, 'src/index.ts')).href
const BUILT_ENTRY_POINT = pathToFileURL(join(ROOT, 'dist/index.js')).href
const ALL_PROGRAMS: OutsidePrograms = {
  moto: true,
  awsCli: true,
  boto3: true,
  unshare: true,
  zstd: true,
  nginx: true,
  java: true,
  chromium: true,
}

/** Optional or heavy: whoever imports the entry point pays for none of them. */
const BEHIND_SUBPATHS = [
  'msw',
  'nock',
  '@pact-foundation',
  'vitest',
  '@aws-sdk',
  '@mswjs/interceptors',
  'commander',
  '@commander-js',
  'fast-check',
]

/** Subpaths with a CommonJS form. */
const COMMON_JS = ['', '/agent', '/fetch', '/jest', '/matchers', '/outcomes', '/sdk', '/server']

const runProgram = promisify(execFile)

test('runs on the oldest supported Node or a newer one', () => {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  expect(major * 1000 + minor).toBeGreaterThanOrEqual(22_020)
})

test('shares one copy of @mswjs/interceptors with msw and nock', () => {
  const owners = [ROOT, locatePackage('msw', ROOT), locatePackage('nock', ROOT)]
  const copies = owners.map((owner) => realpathSync(locatePackage('@mswjs/interceptors', owner)))
  expect(new Set(copies).size).toBe(1)
})

test('loads every core package', async () => {
  const packages = ['msw', 'nock', 'ajv', '@pact-foundation/pact', 'vitest']
  const { stdout } = await runNode(
    `for (const name of ${JSON.stringify(packages)}) if (Object.keys(await import(name)).length > 0) console.log(name)`,
    [],
    { NOCK_OFF: 'true' },
  )
  expect(stdout.trim().split('\n')).toEqual(packages)
}, 60_000)

test('pins every dependency to one version', () => {
  const { dependencies, devDependencies } = readManifest()
  const pins = Object.entries({ ...dependencies, ...devDependencies })
  expect(pins.length).toBeGreaterThan(0)
  expect(pins.filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version))).toEqual([])
})

test('installs without a script of its own', () => {
  expect(
    Object.keys(readManifest().scripts ?? {}).filter((name) => /^(?:pre|post)?install$/.test(name)),
  ).toEqual([])
})

test('sees which packages an import loads', async () => {
  expect(findPackages(await listLoaded('commander'))).toEqual(['commander'])
})

test('loads no optional package through the entry point', async () => {
  const loaded = await listLoaded(ENTRY_POINT)
  expect(loaded).toContain(ENTRY_POINT)
  expect(findPackages(loaded)).toEqual([])
}, 60_000)

test('loads few files of its own through the built entry point, and no optional package', async () => {
  const loaded = await listLoaded(BUILT_ENTRY_POINT)
  const own = new Set(loaded.filter((url) => url.startsWith(new URL('.', BUILT_ENTRY_POINT).href)))
  expect(own).toContain(new URL('core.js', BUILT_ENTRY_POINT).href)
  expect(own.size).toBeLessThan(6)
  expect(findPackages(loaded)).toEqual([])
})

/** Entry points that load only in their runner. */
const IN_RUNNERS = ['jest', 'vitest']

test('builds entries that export what their sources export', async () => {
  const entries = listEntries().filter((entry) => !IN_RUNNERS.includes(entry))
  expect(entries).toContain('index')
  const script = `process.env.STARTTASK_MODE = 'off'
  for (const entry of ${JSON.stringify(entries)}) {
    const [built, source] = [await import('./dist/' + entry + '.js'), await import('./src/' + entry + '.ts')]
    console.log(JSON.stringify([entry, Object.keys(built), Object.keys(source)]))
  }`
  const { stdout } = await runNode(script)
  const lines: [string, string[], string[]][] = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(lines.map(([entry, built]) => [entry, built])).toEqual(
    lines.map(([entry, , source]) => [entry, source]),
  )
  expect(lines).toHaveLength(entries.length)
}, 60_000)

test('gives CommonJS what the ES module exports, for each entry point that has it', async () => {
  const names = Object.entries(packageJson.exports).flatMap(([subpath, entry]) =>
    typeof entry !== 'string' && 'require' in entry ? [`starttask-harness${subpath.slice(1)}`] : [],
  )
  expect(names.map((name) => name.slice('starttask-harness'.length))).toEqual(COMMON_JS)
  const script = `const require = process.getBuiltinModule('node:module').createRequire(import.meta.url)
  for (const name of ${JSON.stringify(names.filter((name) => !name.endsWith('/jest')))})
    console.log(JSON.stringify([require.resolve(name).endsWith('.cjs'), Object.keys(require(name)).toSorted(), Object.keys(await import(name)).toSorted()]))`
  const { stdout, stderr } = await runNode(script)
  expect(stderr).toBe('')
  for (const line of stdout.trim().split('\n')) {
    const [isCommonJs, required, imported] = JSON.parse(line)
    expect(required).toEqual(imported)
    expect(isCommonJs).toBe(true)
  }
}, 60_000)

test('requires no ES module from CommonJS, which jest cannot load', async () => {
  const script = `for (const name of ${JSON.stringify(['', '/sdk', '/fetch', '/agent', '/server', '/outcomes', '/matchers'])}) require('starttask-harness' + name)
  require('starttask-harness').checkRequest({ containerInstances: [1] })
  console.log(JSON.stringify(Object.keys(require.cache)))`
  const { stdout, stderr } = await runProgram(
    process.execPath,
    ['--no-experimental-require-module', '--eval', script],
    { cwd: ROOT },
  )
  expect({
    stderr,
    files: JSON.parse(stdout).filter((file: string) => file.endsWith('.js')),
  }).toEqual({ stderr: '', files: [] })
})

test('tells the tests which outside programs answer', () => {
  expect(inject('programs')).toEqual(
    Object.fromEntries(Object.keys(ALL_PROGRAMS).map((key) => [key, expect.any(Boolean)])),
  )
})

test('names the outside programs that are missing', () => {
  expect(reportSkipped({ ...ALL_PROGRAMS, moto: false, unshare: false }, undefined)).toContain(
    'moto_server, unshare -n',
  )
})

test('says nothing when every outside program answers', () => {
  expect(reportSkipped(ALL_PROGRAMS, 'true')).toBeUndefined()
})

test('refuses to skip in CI', () => {
  expect(() => reportSkipped({ ...ALL_PROGRAMS, boto3: false }, 'true')).toThrow(
    'python3 with boto3',
  )
})

/** The package.json of `name` as the package or folder at `from` finds it. */
function locatePackage(name: string, from: string): string {
  const file = findPackageJSON(
    name,
    pathToFileURL(from.endsWith('package.json') ? from : join(from, 'package.json')),
  )
  if (file === undefined) throw new Error(`${name} is not installed for ${from}`)
  return file
}

/** The entry points in package.json: paths in dist/, without `.js`. */
function listEntries(): string[] {
  return Object.values(packageJson.exports).flatMap((entry) => {
    if (typeof entry === 'string') return []
    const { default: file } = 'import' in entry ? entry.import : entry
    return file.slice('./dist/'.length, -'.js'.length)
  })
}

function readManifest(): Record<
  'dependencies' | 'devDependencies' | 'scripts',
  Record<string, string> | undefined
> {
  return JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
}

/** The URL of every module that a fresh Node resolves while it imports `specifier`. */
async function listLoaded(specifier: string): Promise<string[]> {
  const hook = `import { registerHooks } from 'node:module'
    registerHooks({ resolve(specifier, context, next) {
      const resolved = next(specifier, context)
      console.log(resolved.url)
      return resolved
    } })`
  const { stdout } = await runNode(`await import(${JSON.stringify(specifier)})`, [
    '--import',
    `data:text/javascript,${encodeURIComponent(hook)}`,
  ])
  return stdout.trim().split('\n')
}

function findPackages(urls: readonly string[]): string[] {
  return BEHIND_SUBPATHS.filter((name) =>
    urls.some((url) => url.includes(`/node_modules/${name}/`)),
  )
}

function runNode(script: string, flags: readonly string[] = [], env: NodeJS.ProcessEnv = {}) {
  return runProgram(process.execPath, [...flags, '--input-type=module', '--eval', script], {
    cwd: ROOT,
    env: { ...process.env, ...env },
  })
}

test('calls itself by the version of package.json', () => {
  const { version }: { version: string } = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  )
  expect(VERSION).toBe(version)
})
