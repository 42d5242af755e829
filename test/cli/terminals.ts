import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import { onTestFinished } from 'vitest'

const BIN = fileURLToPath(new URL('../../dist/cli/bin.js', import.meta.url))

/** Whether there is `script` of util-linux, which makes a terminal. */
export const HAS_TERMINAL: boolean = existsSync('/usr/bin/script')

export interface TerminalOptions {
  /** What is typed once this has been shown. */
  keys?: { after: string; type: string }
  env?: Record<string, string>
}

/** Runs the built command on a terminal of its own, 80 columns wide, and gives all that it showed there. */
export async function runOnTerminal(
  cwd: string,
  args: readonly string[],
  { keys, env = {} }: TerminalOptions = {},
) {
  const command = `stty cols 80 rows 24; ${[process.execPath, BIN, ...args].join(' ')}`
  const child = spawn('script', ['-qec', command, '/dev/null'], {
    cwd,
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { PATH: process.env['PATH'] ?? '', HOME: cwd, TERM: 'xterm', ...env },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let output = ''
  let isTyped = keys === undefined
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString('utf8')
    if (isTyped || keys === undefined || !output.includes(keys.after)) return
    isTyped = true
    child.stdin.write(keys.type)
  })
  const [code]: unknown[] = await once(child, 'close')
  return { code, output }
}
