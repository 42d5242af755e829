import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'

import { onTestFinished } from 'vitest'

import { formatUnredacted } from '../suites/unredacted.ts'
import { type Recording } from '../../src/protocol/index.ts'

const BIN = new URL('../../dist/cli/bin.js', import.meta.url).pathname

export interface Run {
  code: number | null
  signal: NodeJS.Signals | null
  stdout: string
  stderr: string
}

/** A run of `starttask` that has not ended. */
export interface Running {
  /** The next line on its standard output. */
  readLine(): Promise<string>
  kill(signal: NodeJS.Signals): void
  /** What it ended with; `stdout` is what no `readLine` took. */
  ended: Promise<Run>
}

export interface RunOptions {
  env?: Record<string, string>
  input?: string
  cwd?: string
  node?: string
}

/** What a run of the command may see of this machine: no credentials, no colours, no mode that a developer has set. */
const ENVIRONMENT = { PATH: process.env['PATH'] ?? '', HOME: tmpdir(), NO_COLOR: '1' }

/** Starts the built command, for as long as the test runs at most. */
export function startStarttask(
  args: readonly string[],
  { env, input, cwd, node = process.execPath }: RunOptions = {},
): Running {
  const child = spawn(node, [BIN, ...args], {
    env: { ...ENVIRONMENT, ...env },
    ...(cwd === undefined ? {} : { cwd }),
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  child.stdin.on('error', () => {}) // a command that reads no input may be gone
  child.stdin.end(input)
  const lines = collectLines(child.stdout)
  const stderr = text(child.stderr)
  const closed = new Promise<Pick<Run, 'code' | 'signal'>>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => resolve({ code, signal }))
  })
  const end = async () => {
    const how = await closed
    return { ...how, stdout: lines.takeRest(), stderr: await stderr }
  }
  return {
    readLine: () => lines.readNext(),
    kill: (signal) => void child.kill(signal),
    ended: end(),
  }
}

/** Takes lines as they come, whoever waits for them: a stream that nobody reads would hold up the command. */
function collectLines(stream: Readable): { readNext(): Promise<string>; takeRest(): string } {
  const lines: string[] = []
  const waiting: ((line: string) => void)[] = []
  createInterface({ input: stream }).on('line', (line) => {
    const resolve = waiting.shift()
    if (resolve) resolve(line)
    else lines.push(line)
  })
  return {
    readNext: async () =>
      lines.shift() ?? (await new Promise<string>((resolve) => void waiting.push(resolve))),
    takeRest: () =>
      lines
        .splice(0)
        .map((line) => `${line}\n`)
        .join(''),
  }
}

/** Runs the built command to its end. */
export function runStarttask(args: readonly string[], options: RunOptions = {}): Promise<Run> {
  return startStarttask(args, options).ended
}

/** A folder of a test's own; disposal takes it away. */
export interface Folder extends Disposable {
  path: string
  /** Writes a file into it and gives its path. */
  write(name: string, content: string | Recording): string
}

export function createFolder(): Folder {
  const path = mkdtempSync(join(tmpdir(), 'starttask-test-'))
  return {
    path,
    write(name, content) {
      const file = join(path, name)
      writeFileSync(file, typeof content === 'string' ? content : formatUnredacted(content))
      return file
    },
    [Symbol.dispose]: () => rmSync(path, { recursive: true }),
  }
}

/** A command for after `--`: this Node.js with a script. */
export function runScript(script: string): string[] {
  return ['--', process.execPath, '--input-type=module', '-e', script]
}

/** Everything but line feeds and tabs that steers a terminal, C1 and bidirectional controls among it. */
export function findControls(output: string): string[] {
  return output.match(/(?![\n\t])[\p{Cc}\p{Cf}\u2028\u2029]/gu) ?? []
}
