import { execFile, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'

import { ROOT } from '../docs/pages.ts'
import { type Registry, startRegistry } from './registry.ts'

/** What a run ended with; both streams in `output`. */
export interface Ended {
  code: number | null
  output: string
}

/** An empty folder that becomes a user's project. */
export interface Project {
  folder: string
  /** Runs a shell command there, as a user would, with this Node.js and nothing of this repository on the PATH. */
  run(command: string): Promise<Ended>
  /** Runs a module there. */
  runModule(script: string, node?: string): Ended
  write(name: string, text: string): void
}

/** The packed package, a registry with what it depends on, and empty projects; disposal takes all of it away. */
export interface Packed extends AsyncDisposable {
  /** The path of the tarball. */
  tarball: string
  registry: Registry
  createProject(name: string): Project
}

/** Packs the package as `npm pack` does, without building it: the test run has. */
export async function packPackage(): Promise<Packed> {
  const root = mkdtempSync(join(tmpdir(), 'starttask-package-'))
  const registry = await startRegistry(join(ROOT, 'node_modules'))
  const { status, stderr } = spawnSync(
    'npm',
    ['pack', '--silent', '--ignore-scripts', '--pack-destination', root],
    {
      cwd: ROOT,
      encoding: 'utf8',
    },
  )
  if (status !== 0) throw new Error(stderr)
  const [tarball = ''] = readdirSync(root).filter((name) => name.endsWith('.tgz'))
  writePnpm(join(root, 'bin'))
  const dispose = async () => {
    await registry[Symbol.asyncDispose]()
    rmSync(root, { recursive: true, force: true, maxRetries: 3 })
  }
  return {
    tarball: join(root, tarball),
    registry,
    createProject: (name) => createProject(root, name, registry),
    [Symbol.asyncDispose]: dispose,
  }
}

function writePnpm(bin: string): void {
  mkdirSync(bin)
  const script = `#!/bin/sh\nexec "${process.execPath}" "${join(ROOT, 'node_modules/pnpm/bin/pnpm.mjs')}" "$@"\n`
  writeFileSync(join(bin, 'pnpm'), script, { mode: 0o755 })
}

function createProject(root: string, name: string, registry: Registry): Project {
  const folder = join(root, name)
  mkdirSync(folder)
  writeFileSync(join(folder, '.npmrc'), `registry=${registry.url}\n`)
  const env = createEnvironment(root)
  return {
    folder,
    run: (command) =>
      new Promise((resolve) => {
        execFile(
          'sh',
          ['-c', `{ ${command}\n} 2>&1`],
          { cwd: folder, env, timeout: 240_000 },
          (error, stdout) =>
            resolve({ code: error === null ? 0 : 1, output: stripVTControlCharacters(stdout) }),
        )
      }),
    runModule(script, node = process.execPath) {
      const { status, stdout, stderr } = spawnSync(node, ['--input-type=module', '-e', script], {
        cwd: folder,
        env,
        encoding: 'utf8',
      })
      return { code: status, output: stdout + stderr }
    },
    write: (file, text) => writeFileSync(join(folder, file), text),
  }
}

/** No settings of this machine's user, caches of their own, and no mode that a developer has set. */
function createEnvironment(root: string): NodeJS.ProcessEnv {
  return {
    PATH: [
      join(root, 'bin'),
      dirname(process.execPath),
      process.env['PATH']?.split(':').filter((place) => !place.includes('node_modules')),
    ]
      .flat()
      .join(':'),
    HOME: join(root, 'home'),
    XDG_CACHE_HOME: join(root, 'cache'),
    XDG_DATA_HOME: join(root, 'data'),
    npm_config_cache: join(root, 'npm-cache'),
    npm_config_update_notifier: 'false',
    NO_COLOR: '1',
  }
}
