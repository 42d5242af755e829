/** A folder as a user's project: the package and its peers linked, the shipped recordings, and files. */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'

const ROOT = join(import.meta.dirname, '../..')

const PACKAGES = [
  '@aws-sdk/client-ecs',
  '@jest/globals',
  '@pollyjs/adapter-node-http',
  '@pollyjs/core',
  '@pollyjs/persister-fs',
  '@types/node',
  'aws-sdk-client-mock',
  'expect',
  'jest',
  'mocha',
  'msw',
  'nock',
  'vitest',
]

/** Makes the project in a temporary folder, with `files` by their path in it. */
export function createProject(files: Readonly<Record<string, string>> = {}): string {
  const project = mkdtempSync(join(tmpdir(), 'starttask-runners-'))
  const modules = join(project, 'node_modules')
  for (const name of PACKAGES) {
    mkdirSync(dirname(join(modules, name)), { recursive: true })
    symlinkSync(join(ROOT, 'node_modules', name), join(modules, name))
  }
  symlinkSync(ROOT, join(modules, 'starttask-harness'))
  cpSync(join(ROOT, 'recordings'), join(project, 'recordings'), { recursive: true })
  for (const [file, text] of Object.entries({ 'package.json': '{"type":"module"}', ...files })) {
    mkdirSync(dirname(join(project, file)), { recursive: true })
    writeFileSync(join(project, file), text)
  }
  return project
}

/** Runs Node.js in a project, as if from a user's shell; with what it printed, both streams together. */
export function runNode(
  project: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): { status: number | null; output: string } {
  const { NODE_OPTIONS: _, VITEST: __, CI: ___, FORCE_COLOR: ____, ...inherited } = process.env
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: project,
    env: { ...inherited, NO_COLOR: '1', NODE_ENV: 'test', ...env },
    encoding: 'utf8',
    timeout: 60_000,
  })
  return { status, output: stripVTControlCharacters(`${stdout}${stderr}`) }
}

/** Runs a shell's command in a project; `npx` starts what is installed there, without asking a registry. */
export function runShell(project: string, command: string): string {
  const starttask = `node ${join(ROOT, 'dist/cli/bin.js')}`
  const plain = command.replaceAll('npx starttask', starttask).replaceAll('npx ', '')
  const {
    NODE_OPTIONS: _,
    VITEST: __,
    CI: ___,
    FORCE_COLOR: ____,
    STARTTASK_MODE: _____,
    ...inherited
  } = process.env
  const { stdout, stderr } = spawnSync('sh', ['-c', `{ ${plain}; } 2>&1`], {
    cwd: project,
    env: {
      ...inherited,
      NO_COLOR: '1',
      NODE_ENV: 'test',
      PATH: `${join(ROOT, 'node_modules/.bin')}:${process.env['PATH']}`,
    },
    encoding: 'utf8',
    timeout: 120_000,
  })
  return stripVTControlCharacters(`${stdout}${stderr}`)
}

/** Runs vitest in a project. */
export function runVitest(
  project: string,
  ...args: string[]
): { status: number | null; output: string } {
  return runNode(project, ['node_modules/vitest/vitest.mjs', 'run', ...args])
}
