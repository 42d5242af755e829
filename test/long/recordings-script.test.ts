import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { expect, inject, onTestFinished, test } from 'vitest'

import { listRecordingFiles } from '../../src/recording/index.ts'

const ROOT = join(import.meta.dirname, '../..')
const SHIPPED = join(ROOT, 'recordings')
const { moto, awsCli, boto3 } = inject('programs')

test.skipIf(!moto || !awsCli || !boto3)(
  'makes the shipped recordings again without a difference (needs moto_server, aws, boto3)',
  async () => {
    const out = makeFolder()
    cpSync(SHIPPED, out, { recursive: true })
    const { code, stderr } = await runScript(['--out', out])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(readFiles(out)).toEqual(readFiles(SHIPPED))
  },
  120_000,
)

test.skipIf(!moto || !boto3)(
  'makes a recording from nothing (needs moto_server, boto3)',
  async () => {
    const out = makeFolder()
    const { code, stdout } = await runScript(['--out', out, '--only', 'moto-boto3'])
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'written  started/moto-boto3.json\n' })
    expect([...readFiles(out).keys()]).toEqual(['started/moto-boto3.json'])
  },
  120_000,
)

test("makes the page's sample to the byte, without any program", async () => {
  const out = makeFolder()
  await runScript(['--out', out, '--only', 'page-sample'], { PATH: out })
  const name = 'started/page-sample.json'
  expect([...readFiles(out)]).toEqual([[name, readFiles(SHIPPED).get(name)]])
}, 60_000)

test.each([
  { CI: '', expected: 0 },
  { CI: 'true', expected: 3 },
])(
  'says what it skips where programs are missing, and ends with $expected when CI is "$CI"',
  async ({ CI, expected }) => {
    const out = makeFolder()
    const { code, stderr } = await runScript(['--out', out, '--only', 'moto-aws-cli'], {
      PATH: out,
      CI,
    })
    expect({ code, stderr }).toEqual({
      code: expected,
      stderr: 'SKIPPED  started/moto-aws-cli.json: moto_server, aws do not answer here\n',
    })
  },
  60_000,
)

test.each([[['--only', 'no-such-recording']], [['--everything']]])(
  'ends with 2 for %j',
  async (args) => {
    const { code, stderr } = await runScript(args)
    expect(code).toBe(2)
    expect(stderr).toMatch(/^There is no recording|Usage: /m)
  },
  60_000,
)

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'starttask-recordings-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

/** Every recording below a folder, by its name there. */
function readFiles(folder: string): Map<string, string> {
  return new Map(
    listRecordingFiles(folder).map((path) => [relative(folder, path), readFileSync(path, 'utf8')]),
  )
}

function runScript(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const options = { cwd: ROOT, env: { ...process.env, ...env }, timeout: 110_000 }
    execFile(
      process.execPath,
      ['scripts/make-recordings.ts', ...args],
      options,
      (error, stdout, stderr) => {
        resolve({
          code: typeof error?.code === 'number' ? error.code : error ? -1 : 0,
          stdout,
          stderr,
        })
      },
    )
  })
}
