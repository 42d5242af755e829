import { execFile } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'

import { type Page, ROOT } from './pages.ts'

/** A folder in which every page has a project of its own, as a user would; disposal takes it away. */
export interface Projects extends Disposable {
  /** Makes the project of a page: its files, fixtures and the shipped recordings. Gives its folder. */
  create(page: Page): string
  /** Runs a command of a page in its folder: what it printed, on both streams, and whether it ended with 0. */
  run(folder: string, command: string): Promise<{ output: string; isFine: boolean }>
}

/** What the samples call without `npx`, as they would be with the package installed. */
const SHIMS: Readonly<Record<string, string>> = {
  npx: 'exec "$@"',
  starttask: `exec "${process.execPath}" "${join(ROOT, 'dist/cli/bin.js')}" "$@"`,
}

/** What pages need beside their own text: files that only a program, or an incident, would leave. */
const FIXTURES = join(import.meta.dirname, 'fixtures')

/** Makes the folder, with this package and all that its tests have installed in node_modules. */
export function createProjects(): Projects {
  const root = mkdtempSync(join(tmpdir(), 'starttask-docs-'))
  linkModules(join(root, 'node_modules'))
  writeShims(join(root, 'bin'))
  return {
    create: (page) => createProject(join(root, page.name.replaceAll(/[/.]/g, '-')), page),
    run: (folder, command) => runCommand(root, folder, command),
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true, maxRetries: 3 }),
  }
}

function linkModules(modules: string): void {
  mkdirSync(modules)
  const installed = readdirSync(join(ROOT, 'node_modules')).filter(
    (name) => name !== 'starttask-harness',
  )
  for (const name of installed) symlinkSync(join(ROOT, 'node_modules', name), join(modules, name))
  symlinkSync(ROOT, join(modules, 'starttask-harness'))
}

function writeShims(bin: string): void {
  mkdirSync(bin)
  for (const [name, script] of Object.entries(SHIMS)) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`)
    chmodSync(join(bin, name), 0o755)
  }
}

function createProject(folder: string, page: Page): string {
  mkdirSync(folder)
  symlinkSync('../node_modules', join(folder, 'node_modules'))
  cpSync(join(ROOT, 'recordings'), join(folder, 'recordings'), { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  for (const fixtures of ['any', page.name]) {
    const from = join(FIXTURES, fixtures)
    if (existsSync(from)) cpSync(from, folder, { recursive: true })
  }
  for (const { file, text } of page.blocks)
    if (file !== undefined) writeDeep(join(folder, file), text)
  return folder
}

function writeDeep(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

function runCommand(
  root: string,
  folder: string,
  command: string,
): Promise<{ output: string; isFine: boolean }> {
  const env = {
    PATH: [join(root, 'bin'), join(ROOT, 'node_modules/.bin'), process.env['PATH']].join(':'),
    HOME: root,
    STARTTASK_KEY_FILE: process.env['STARTTASK_KEY_FILE'],
    NO_COLOR: '1',
  }
  return new Promise((resolve) => {
    execFile(
      'sh',
      ['-c', `{ ${command}\n} 2>&1`],
      { cwd: folder, env, timeout: 60_000, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout) =>
        resolve({ output: stripVTControlCharacters(stdout), isFine: error === null }),
    )
  })
}
