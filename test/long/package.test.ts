import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { beforeAll, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
let project = ''

/** The packed package in a project of its own, beside the dependencies that package.json names and nothing else. */
beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'starttask-package-'))
  const modules = join(project, 'node_modules')
  mkdirSync(join(modules, 'starttask-harness'), { recursive: true })
  execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', project], { cwd: root })
  const [tarball = ''] = readdirSync(project).filter((name) => name.endsWith('.tgz'))
  execFileSync('tar', ['-xzf', join(project, tarball), '-C', join(modules, 'starttask-harness'), '--strip-components=1'])
  const { dependencies }: { dependencies: Record<string, string> } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  for (const name of Object.keys(dependencies)) linkPackage(name)
  writeFileSync(join(project, 'package.json'), '{"type":"module"}')
})

const linkPackage = (name: string) => {
  const place = join(project, 'node_modules', name)
  mkdirSync(join(place, '..'), { recursive: true })
  if (!existsSync(place)) symlinkSync(join(root, 'node_modules', name), place)
}

const runNode = (node: string, script: string) => {
  const { status, stdout, stderr } = spawnSync(node, ['--input-type=module', '-e', script], { cwd: project, encoding: 'utf8' })
  return { status, stdout, stderr }
}

test('imports the entries that need no optional package', () => {
  const script = `for (const name of ['', '/server', '/recorder', '/sdk', '/nock']) console.log(Object.keys(await import('starttask-harness' + name)).length > 0)`
  expect(runNode(process.execPath, script)).toEqual({ status: 0, stdout: 'true\n'.repeat(5), stderr: '' })
})

test('imports every entry under a listening msw server', () => {
  for (const name of ['msw', '@aws-sdk/client-ecs', 'fast-check']) linkPackage(name)
  const script = `import { setupServer } from 'msw/node'
const server = setupServer(); server.listen({ onUnhandledFrame: 'error' })
for (const name of ['', '/msw', '/server', '/recorder', '/sdk', '/nock', '/arbitraries']) await import('starttask-harness' + name)
server.close(); console.log('fine')`
  expect(runNode(process.execPath, script)).toEqual({ status: 0, stdout: 'fine\n', stderr: '' })
})

test('checks a body with validators that are loaded when they are needed', () => {
  const script = `import { checkRequest } from 'starttask-harness'
console.log(checkRequest({ containerInstances: [1] }).length > 1)`
  expect(runNode(process.execPath, script)).toEqual({ status: 0, stdout: 'true\n', stderr: '' })
})

test('throws one error class from every entry', () => {
  const script = `import { HarnessError, isHarnessError } from 'starttask-harness'
import { startReplayServer } from 'starttask-harness/server'
import { startRecording } from 'starttask-harness/recorder'
for (const start of [() => startReplayServer('missing'), () => startRecording({ nonsense: true })]) {
  try { await start() } catch (error) { console.log(error instanceof HarnessError, isHarnessError(error)) }
}`
  expect(runNode(process.execPath, script)).toEqual({ status: 0, stdout: 'true true\ntrue true\n', stderr: '' })
})

test('type-checks for a project that checks the declarations of its packages, too', () => {
  for (const name of ['msw', 'fast-check', 'pure-rand', '@types/node', 'undici-types']) linkPackage(name)
  const entries = ['', '/msw', '/server', '/recorder', '/sdk', '/nock', '/arbitraries']
  const lines = entries.map((entry, index) => `import * as entry${index} from 'starttask-harness${entry}'`)
  // An unused @ts-expect-error would show that the declarations are not read at all.
  const uses = [
    ...entries.map((_, index) => `console.log(entry${index})`),
    '// @ts-expect-error it takes a body alone',
    'entry0.checkRequest({}, {})',
  ]
  writeFileSync(join(project, 'consumer.ts'), [...lines, ...uses, ''].join('\n'))
  const options = ['--module', 'nodenext', '--target', 'es2024', '--lib', 'es2024,esnext.disposable,dom', '--types', 'node']
  const flags = ['--strict', '--noEmit', '--skipLibCheck', 'false', ...options]
  const { status, stdout } = spawnSync(join(root, 'node_modules/.bin/tsc'), [...flags, 'consumer.ts'], { cwd: project, encoding: 'utf8' })
  expect(status).not.toBeNull()
  expect(stdout.split('\n').filter((line) => /^(consumer|node_modules\/starttask-harness)/.test(line))).toEqual([])
})

test('loads by require, since no entry waits at its top level', () => {
  const script = `import { createRequire } from 'node:module'
console.log(typeof createRequire(process.cwd() + '/x.js')('starttask-harness').checkRequest)`
  expect(runNode(process.execPath, script).stdout).toBe('function\n')
})

test('runs the command from the package', () => {
  const bin = join(project, 'node_modules/starttask-harness/dist/cli/bin.js')
  expect(execFileSync(process.execPath, [bin, '--version'], { encoding: 'utf8' })).toMatch(/^\d+\.\d+\.\d+\n$/)
})

test('replays the recordings that the package ships', () => {
  const script = `import { createReplayer } from 'starttask-harness'
const replayer = createReplayer('node_modules/starttask-harness/recordings')
console.log(replayer.unused().length > 0)`
  expect(runNode(process.execPath, script).stdout).toBe('true\n')
})

test('packs no source, test or generated stray', () => {
  const packed = readdirSync(join(project, 'node_modules/starttask-harness'))
  expect(packed.toSorted()).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'contracts', 'dist', 'docs', 'package.json', 'recordings'])
})

test.for(['', '/server', '/recorder', '/msw', '/arbitraries'])(
  'says in one line which Node.js it needs when an older one imports starttask-harness%s',
  (entry, { skip }) => {
    const old = '/usr/bin/node'
    if (!existsSync(old) || !execFileSync(old, ['--version'], { encoding: 'utf8' }).startsWith('v20.'))
      skip('no Node.js 20 on this machine')
    for (const name of ['msw', 'fast-check']) linkPackage(name)
    const { status, stderr } = runNode(old, `await import('starttask-harness${entry}')`)
    expect(status).not.toBe(0)
    expect(stderr).toMatch(/starttask-harness needs Node\.js 22\.20\.0 or newer; this is 20\./)
  },
)
