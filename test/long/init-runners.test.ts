import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { expect, onTestFinished, test } from 'vitest'

import { createUserProject } from '../cli/projects.ts'
import { runStarttask } from '../cli/starttask.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const BIN = join(root, 'dist/cli/bin.js')

test.for([
  ['jest', {}, ['node_modules/jest/bin/jest.js'], { NODE_OPTIONS: '--experimental-vm-modules' }, /Tests:\s+1 passed/],
  ['mocha', {}, ['node_modules/mocha/bin/mocha.js'], {}, /1 passing/],
] as const)('writes a test that passes as it stands: %s', async ([runner, manifest, args, env, passed]) => {
  for (const installed of [[], ['@aws-sdk/client-ecs']]) {
    const dependencies = Object.fromEntries(installed.map((name) => [name, '*']))
    using project = createUserProject({ ...manifest, dependencies }, [runner, ...installed])
    const { code } = await runStarttask(['init', '--yes', '--runner', runner], { cwd: project.path })
    expect(code).toBe(0)
    const { status, output } = project.runNode(args, env)
    expect({ status, passed: passed.test(output) }, output).toEqual({ status: 0, passed: true })
  }
})

test('writes TypeScript that compiles under strict settings', async () => {
  for (const installed of [[], ['@aws-sdk/client-ecs']]) {
    const dependencies = Object.fromEntries(installed.map((name) => [name, '*']))
    using project = createUserProject({ type: 'module', dependencies }, ['vitest', ...installed])
    symlinkSync(join(root, 'node_modules/@types'), join(project.path, 'node_modules/@types'))
    const options = { strict: true, module: 'nodenext', target: 'esnext', noEmit: true, skipLibCheck: true, types: ['node'] }
    project.put('tsconfig.json', JSON.stringify({ compilerOptions: options, include: ['test'] }))
    await runStarttask(['init', '--yes', '--runner', 'vitest'], { cwd: project.path })
    expect(project.list()).toContain('test/starttask.test.ts')
    const { status, stdout } = spawnSync(join(root, 'node_modules/.bin/tsc'), ['-p', '.'], { cwd: project.path, encoding: 'utf8' })
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' })
  }
})

/** Runs a command on a terminal of its own, and types keys when it has shown a text. */
const runOnTerminal = async (
  cwd: string,
  { shown, keys, term = 'xterm' }: { shown: string; keys: string; term?: string },
  ...args: string[]
) => {
  const command = `stty cols 80 rows 24; ${[process.execPath, BIN, ...args].join(' ')}`
  const child = spawn('script', ['-qec', command, '/dev/null'], {
    cwd,
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { PATH: process.env['PATH'] ?? '', HOME: cwd, TERM: term },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let output = ''
  let isTyped = false
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString('utf8')
    if (!isTyped && output.includes(shown)) isTyped = child.stdin.write(keys)
  })
  const [code] = await once(child, 'close')
  return { code, output }
}

const hasScript = existsSync('/usr/bin/script')

test.for([
  ['y', 0, true],
  ['n', 0, false],
  ['\r', 0, false],
  ['\u0003', 130, false],
] as const)('asks on a terminal: %j ends with %i', { timeout: 20_000 }, async ([keys, code, isWritten], { skip }) => {
  if (!hasScript) skip('script of util-linux is not installed')
  using project = createUserProject({})
  const run = await runOnTerminal(project.path, { shown: 'Write these files?', keys }, 'init')
  expect({ code: run.code, isWritten: project.list().length > 1 }, run.output).toEqual({ code, isWritten })
})

test('asks nothing on a terminal that is dumb, and writes nothing', { timeout: 20_000 }, async ({ skip }) => {
  if (!hasScript) skip('script of util-linux is not installed')
  using project = createUserProject({})
  const { code, output } = await runOnTerminal(project.path, { shown: 'never', keys: 'y', term: 'dumb' }, 'init')
  expect({ code, list: project.list() }).toEqual({ code: 2, list: ['package.json'] })
  expect(output).not.toContain('Write these files?')
})
