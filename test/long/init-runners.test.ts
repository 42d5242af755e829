import { spawnSync } from 'node:child_process'
import { existsSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { expect, test } from 'vitest'

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

/** Runs a command on a terminal of its own, and types. */
const runOnTerminal = (cwd: string, keys: string, ...args: string[]) => {
  const command = [process.execPath, BIN, ...args].join(' ')
  const { status, stdout } = spawnSync('script', ['-qec', `sleep 0.1; ${command}`, '/dev/null'], {
    cwd,
    input: keys,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '', HOME: cwd, TERM: 'xterm' },
  })
  return { status, stdout }
}

const hasScript = existsSync('/usr/bin/script')

test.for([
  ['y', 0, true],
  ['n', 0, false],
  ['\r', 0, false],
  ['\u0003', 130, false],
] as const)('asks on a terminal: %j ends with %i', async ([keys, code, isWritten], { skip }) => {
  if (!hasScript) skip('script of util-linux is not installed')
  using project = createUserProject({})
  const { status, stdout } = runOnTerminal(project.path, keys, 'init')
  expect(stdout).toContain('Write these files?')
  expect({ status, isWritten: project.list().length > 1 }).toEqual({ status: code, isWritten })
})

test('asks nothing on a terminal that is dumb', async ({ skip }) => {
  if (!hasScript) skip('script of util-linux is not installed')
  using project = createUserProject({})
  const { status, stdout } = runOnTerminal(project.path, 'y', 'init', '--dry-run')
  expect(status).toBe(0)
  expect(stdout).not.toContain('Write these files?')
})
