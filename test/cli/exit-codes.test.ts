import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readdirSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { expect, onTestFinished, test } from 'vitest'

import { EXIT } from '../../src/cli/output/terminal.ts'
import { createFolder, runScript, runStarttask, startStarttask } from './starttask.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const SAMPLE = join(root, 'recordings/started/page-sample.json')
const BIN = join(root, 'dist/cli/bin.js')

test('has a test for every exit code', () => {
  const source = readFileSync(fileURLToPath(import.meta.url), 'utf8')
  for (const code of Object.values(EXIT)) expect(source).toMatch(new RegExp(`ends with ${code}\\b`))
})

test('ends with 0 when all is well', async () => {
  expect((await runStarttask(['check', SAMPLE])).code).toBe(0)
})

test('ends with 1 when a check fails', async () => {
  expect(await runStarttask(['check', '-', '--as', 'request'], { input: '{}' })).toMatchObject({
    code: 1,
    stderr: '',
  })
})

const UNMEANT = [
  [],
  ['--nonsense'],
  ['chekc', SAMPLE],
  ['check'],
  ['check', SAMPLE, '--as', 'nonsense'],
  ['check', SAMPLE, '--json', '--plain'],
  ['pact'],
  ['provider', '--port', '70000'],
  ['provider', '--seed', 'x'],
  ['replay', SAMPLE, '--latency', 'soon'],
].map((args) => ({ args, line: ['starttask', ...args].join(' ').replace(root, '') }))

test.for(UNMEANT)('ends with 2 for what cannot be meant: $line', async ({ args }) => {
  const { code, stdout, stderr } = await runStarttask(args)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toMatch(/^(?:error: |Usage: starttask )/)
})

test('ends with 3 where a file is missing', async () => {
  expect(await runStarttask(['scan', 'missing.json'])).toMatchObject({ code: 3, stdout: '' })
})

/** Starts the command with a standard input that stays open after this much of it. */
const startWaiting = (args: readonly string[], input: string) => {
  const child = spawn(process.execPath, [BIN, ...args], { stdio: ['pipe', 'pipe', 'ignore'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  child.stdin.on('error', () => {})
  child.stdin.write(input)
  return child
}

test.for([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)(
  'interrupts a check that waits for its input: %s ends with %i',
  async ([signal, code]) => {
    const child = startWaiting(
      ['check', '-', '--as', 'request', '--ndjson', '--json'],
      '{}\n'.repeat(2000),
    )
    await once(child.stdout, 'data')
    child.stdout.resume()
    child.kill(signal)
    expect(await once(child, 'close')).toEqual([code, null])
  },
)

test.for([
  ['provider', []],
  ['replay', [SAMPLE]],
] as const)(
  'stops a server as it should: %s ends with 130 after Ctrl-C, ends with 143 after SIGTERM',
  async ([command, more]) => {
    for (const [signal, code] of [
      ['SIGINT', 130],
      ['SIGTERM', 143],
    ] as const) {
      const running = startStarttask([command, ...more])
      await running.readLine()
      running.kill(signal)
      expect(await running.ended).toMatchObject({ code, signal: null })
    }
  },
)

/** Waits, as long as the test may take, until a folder holds a file that begins so. */
const waitForFile = async (folder: string, start: string) => {
  while (!readdirSync(folder).some((name) => name.startsWith(start)))
    await new Promise((resolve) => setTimeout(resolve, 10))
}

test('leaves nothing half written when it is interrupted as it waits for a pipe', async () => {
  using folder = createFolder()
  const pipe = join(folder.path, 'in.ndjson')
  execFileSync('mkfifo', [pipe])
  const writer = openSync(pipe, 'r+') // for both ends, so that nobody waits for the other
  onTestFinished(() => closeSync(writer))
  writeSync(writer, `${readFileSync(SAMPLE, 'utf8').replaceAll('\n', '')}\n`.repeat(5))
  const child = spawn(process.execPath, [BIN, 'archive', pipe, '--out', 'out.ndjson'], {
    cwd: folder.path,
    stdio: 'ignore',
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  await waitForFile(folder.path, 'out.ndjson.')
  child.kill('SIGINT')
  expect(await once(child, 'close')).toEqual([null, 'SIGINT']) // which a shell calls 130
  expect(readdirSync(folder.path)).toEqual(['in.ndjson'])
})

test('passes on the exit code of a command that it ran', async () => {
  expect((await runStarttask(['replay', SAMPLE, ...runScript('process.exitCode = 42')])).code).toBe(
    42,
  )
})
