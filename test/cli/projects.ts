import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { createFolder, type Folder } from './starttask.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** A project as a user's: a package.json, and of the packages that are installed here the ones that are named. */
export interface UserProject extends Folder {
  put(name: string, text: string): void
  /** Every file in it but what is installed, sorted. */
  list(): string[]
  /** Runs a program of Node.js in it, as a user would. */
  runNode(
    args: readonly string[],
    env?: Record<string, string>,
  ): { status: number | null; output: string }
}

/** Makes one; starttask-harness itself is always installed. */
export function createUserProject(
  manifest: object,
  installed: readonly string[] = [],
): UserProject {
  const folder = createFolder()
  const put = (name: string, text: string) => {
    mkdirSync(dirname(join(folder.path, name)), { recursive: true })
    writeFileSync(join(folder.path, name), text)
  }
  put('package.json', JSON.stringify({ name: 'project', ...manifest }))
  const link = (name: string, target: string) => {
    const place = join(folder.path, 'node_modules', name)
    mkdirSync(dirname(place), { recursive: true })
    symlinkSync(target, place)
  }
  link('starttask-harness', ROOT)
  for (const name of installed) link(name, join(ROOT, 'node_modules', name))
  return {
    ...folder,
    put,
    list: () =>
      readdirSync(folder.path, { recursive: true, withFileTypes: true })
        .filter((entry) => !entry.isDirectory() && !entry.parentPath.includes('node_modules'))
        .map((entry) => join(entry.parentPath, entry.name).slice(folder.path.length + 1))
        .toSorted(),
    runNode(args, env = {}) {
      const { status, stdout, stderr } = spawnSync(process.execPath, args, {
        cwd: folder.path,
        encoding: 'utf8',
        env: { PATH: process.env['PATH'] ?? '', HOME: folder.path, NO_COLOR: '1', ...env },
      })
      return { status, output: stdout + stderr }
    },
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  }
}
