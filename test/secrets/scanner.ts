import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What scan.py said: its exit code, and a line for each secret that it found. */
export interface Scan {
  code: number
  found: string[]
}

/** Whether scan.py can run. In CI it must. */
export const HAS_PYTHON = spawnSync('python3', ['--version']).status === 0
if (!HAS_PYTHON && process.env['CI'])
  throw new Error('CI is set, where the search for secrets is not skipped. Install python3.')

/** Runs scan.py, which shares no code with the package, over files and folders. */
export function scanPaths(paths: readonly string[], planted: readonly string[]): Promise<Scan> {
  const list = join(mkdtempSync(join(tmpdir(), 'starttask-planted-')), 'planted.txt')
  writeFileSync(list, planted.join('\n'))
  return runScanner(planted.length > 0 ? ['--planted', list, ...paths] : [...paths])
}

/** Runs scan.py with these arguments. */
export function runScanner(args: readonly string[]): Promise<Scan> {
  return new Promise((resolve) => {
    execFile('python3', [join(import.meta.dirname, 'scan.py'), ...args], (error, stdout) => {
      const code = error === null ? 0 : Number(error.code)
      resolve({ code, found: stdout.split('\n').filter((line) => line !== '') })
    })
  })
}
