import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describeReason, HarnessError } from '../../../message/index.ts'
import { findRunner, type FoundRunner, type Runner } from './runner.ts'
import { type Client, formatTest, SHIPPED_RECORDING } from './test.ts'
import { findProjectFolder, listDependencies, readManifest } from '../../input/project.ts'
import { locatePackageFile } from '../../../package/index.ts'

/** One file of a plan. What is there already is left as it is, but for lines that are added to a `.gitignore`. */
export interface PlannedFile {
  /** From the project's folder, with `/`. */
  path: string
  action: 'create' | 'add-line' | 'keep'
  text: string
}

/** What setting a project up would do. */
export interface Plan extends FoundRunner {
  folder: string
  client: Client
  files: PlannedFile[]
  /** What to type next, in order. */
  next: string[]
}

/** Plans a set-up for the project around the working directory; writes nothing. Throws `not-found` where there is no package.json. */
export function planSetup(told: Runner | undefined): Plan {
  const folder = findProjectFolder(process.cwd())
  if (folder === undefined) {
    throw new HarnessError(
      'not-found',
      `There is no package.json in ${process.cwd()} or above it.`,
      { remedy: "npm init -y, or go to the project's folder" },
    )
  }
  const manifest = readManifest(join(folder, 'package.json'))
  const { runner, from } =
    told === undefined ? findRunner(folder, manifest) : { runner: told, from: '--runner' }
  const packages = listDependencies(manifest)
  const client = packages.has('@aws-sdk/client-ecs') ? 'sdk' : 'fetch'
  const recording = 'recordings/unplaced/agent-disconnected.json'
  const test = nameTest(folder, runner, manifest)
  const shipped = locatePackageFile(`recordings/${SHIPPED_RECORDING}`)
  const files = [
    planFile(folder, recording, readFileSync(shipped, 'utf8')),
    planFile(folder, test, formatTest(runner, client, recording)),
    ...planIgnore(folder),
  ]
  const install =
    packages.has('starttask-harness') || manifest['name'] === 'starttask-harness'
      ? []
      : ['npm i -D starttask-harness']
  return {
    folder,
    runner,
    from,
    client,
    files,
    next: [...install, formatRun(runner, test), 'npx starttask doctor'],
  }
}

function planFile(folder: string, path: string, text: string): PlannedFile {
  return { path, action: existsSync(join(folder, path)) ? 'keep' : 'create', text }
}

/** In the folder that the project has for tests, with the ending that the runner looks for by itself. */
function nameTest(
  folder: string,
  runner: Runner,
  manifest: Readonly<Record<string, unknown>>,
): string {
  const isTyped = existsSync(join(folder, 'tsconfig.json'))
  const plain = manifest['type'] === 'module' ? 'js' : 'mjs'
  const ending = runner === 'vitest' ? (isTyped ? 'ts' : plain) : 'mjs'
  const place =
    runner === 'mocha'
      ? 'test'
      : (['test', 'tests', '__tests__'].find((name) => existsSync(join(folder, name))) ?? 'test')
  return `${place}/starttask.test.${ending}`
}

/** What the demo and the runs' notes leave is nobody's to commit. */
function planIgnore(folder: string): PlannedFile[] {
  const path = '.gitignore'
  const file = join(folder, path)
  const line = '.starttask/'
  if (existsSync(file)) {
    const isThere = readFileSync(file, 'utf8')
      .split(/\r?\n/)
      .some((text) => /^\/?\.starttask\/?$/.test(text.trim()))
    return [{ path, action: isThere ? 'keep' : 'add-line', text: `${line}\n` }]
  }
  return existsSync(join(folder, '.git')) ? [{ path, action: 'create', text: `${line}\n` }] : []
}

function formatRun(runner: Runner, test: string): string {
  switch (runner) {
    case 'vitest':
      return `npx vitest run ${test}`
    case 'jest':
      return `NODE_OPTIONS=--experimental-vm-modules npx jest ${test}`
    case 'node':
      return `node --test ${test}`
    case 'mocha':
      return `npx mocha ${test}`
  }
}

/** Does what a plan says. A file that has come meanwhile is not overwritten. Throws `write-failed`. */
export function carryOut({ folder, files }: Plan): void {
  for (const { path, action, text } of files) {
    if (action === 'keep') continue
    const file = join(folder, path)
    try {
      mkdirSync(dirname(file), { recursive: true })
      if (action === 'create') writeFileSync(file, text, { flag: 'wx' })
      else writeFileSync(file, startOnNewLine(readFileSync(file, 'utf8'), text))
    } catch (error) {
      const reason = describeReason(error)
      throw new HarnessError('write-failed', `Cannot write ${file}: ${reason}.`, {
        remedy: 'look at what is there, and start init again',
        cause: error,
      })
    }
  }
}

function startOnNewLine(before: string, text: string): string {
  return before === '' || before.endsWith('\n') ? `${before}${text}` : `${before}\n${text}`
}
