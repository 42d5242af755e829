import { spawnSync } from 'node:child_process'
import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { expect, test } from 'vitest'

import { createUserProject } from '../cli/projects.ts'
import { runStarttask } from '../cli/starttask.ts'
import { HAS_TERMINAL, runOnTerminal } from '../cli/terminals.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

test.for([
  [
    'jest',
    {},
    ['node_modules/jest/bin/jest.js'],
    { NODE_OPTIONS: '--experimental-vm-modules' },
    /Tests:\s+1 passed/,
  ],
  ['mocha', {}, ['node_modules/mocha/bin/mocha.js'], {}, /1 passing/],
] as const)(
  'writes a test that passes as it stands: %s',
  async ([runner, manifest, args, env, passed]) => {
    for (const installed of [[], ['@aws-sdk/client-ecs']]) {
      const dependencies = Object.fromEntries(installed.map((name) => [name, '*']))
      using project = createUserProject({ ...manifest, dependencies }, [runner, ...installed])
      const { code } = await runStarttask(['init', '--yes', '--runner', runner], {
        cwd: project.path,
      })
      expect(code).toBe(0)
      const { status, output } = project.runNode(args, env)
      expect({ status, output }).toEqual({ status: 0, output: expect.stringMatching(passed) })
    }
  },
)

test('writes TypeScript that compiles under strict settings', async () => {
  for (const installed of [[], ['@aws-sdk/client-ecs']]) {
    const dependencies = Object.fromEntries(installed.map((name) => [name, '*']))
    using project = createUserProject({ type: 'module', dependencies }, ['vitest', ...installed])
    symlinkSync(join(root, 'node_modules/@types'), join(project.path, 'node_modules/@types'))
    const options = {
      strict: true,
      module: 'nodenext',
      target: 'esnext',
      noEmit: true,
      skipLibCheck: true,
      types: ['node'],
    }
    project.put('tsconfig.json', JSON.stringify({ compilerOptions: options, include: ['test'] }))
    await runStarttask(['init', '--yes', '--runner', 'vitest'], { cwd: project.path })
    expect(project.list()).toContain('test/starttask.test.ts')
    const { status, stdout } = spawnSync(join(root, 'node_modules/.bin/tsc'), ['-p', '.'], {
      cwd: project.path,
      encoding: 'utf8',
    })
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' })
  }
})

test.for([
  ['y\r', 0, true],
  ['n\r', 0, false],
  ['\r', 0, false],
  ['\u0003', 130, false],
] as const)(
  'asks on a terminal: %j ends with %i',
  { timeout: 20_000 },
  async ([keys, code, isWritten], { skip }) => {
    if (!HAS_TERMINAL) skip('script of util-linux is not installed')
    using project = createUserProject({})
    const run = await runOnTerminal(project.path, ['init'], {
      keys: { after: 'Write these files?', type: keys },
    })
    expect({ code: run.code, isWritten: project.list().length > 1 }).toEqual({ code, isWritten })
  },
)

test(
  'asks nothing on a terminal that is dumb, and writes nothing',
  { timeout: 20_000 },
  async ({ skip }) => {
    if (!HAS_TERMINAL) skip('script of util-linux is not installed')
    using project = createUserProject({})
    const { code, output } = await runOnTerminal(project.path, ['init'], { env: { TERM: 'dumb' } })
    expect({ code, list: project.list() }).toEqual({ code: 2, list: ['package.json'] })
    expect(output).not.toContain('Write these files?')
  },
)
