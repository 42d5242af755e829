import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { HarnessError } from '../message/index.ts'

/** Programs that this package starts in a process of their own: paths in src/, without an ending. */
type Program = 'recorder/finish-left' | 'pact/verifier-process'

let root: string | undefined

/**
 * Returns the path of a file of this package, such as `package.json` or `recordings/started/page-sample.json`. Works from src/, from
 * dist/ and from CommonJS. Throws `not-found` where this code was bundled into a program that is installed without the package.
 */
export function locatePackageFile(path: string): string {
  root ??= findRoot()
  return join(root, path)
}

/** Returns the path of a program that Node.js can run: the source beside sources, otherwise the built file. */
export function locateProgram(name: Program): string {
  return locatePackageFile(import.meta.url.endsWith('.ts') ? `src/${name}.ts` : `dist/${name}.js`)
}

function findRoot(): string {
  const url: string | undefined = import.meta.url // a bundler may leave it empty
  let folder = url?.startsWith('file:') ? dirname(fileURLToPath(url)) : '/'
  while (!isRoot(folder)) {
    const parent = dirname(folder)
    if (parent === folder)
      throw new HarnessError(
        'not-found',
        'The files of starttask-harness are not installed beside this program.',
        { remedy: 'npm i starttask-harness, and exclude it from the bundle' },
      )
    folder = parent
  }
  return folder
}

function isRoot(folder: string): boolean {
  const manifest = join(folder, 'package.json')
  return (
    existsSync(manifest) && /"name"\s*:\s*"starttask-harness"/.test(readFileSync(manifest, 'utf8'))
  )
}
