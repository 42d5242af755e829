import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '..')
const PAGE = readFileSync(join(ROOT, 'docs/inspect.md'), 'utf8')
const BIN = join(ROOT, 'dist/cli/bin.js')

/** Each `$ command` of the page with the lines that stand below it. */
const SAMPLES = [...PAGE.matchAll(/^```console\n([\s\S]*?)^```$/gm)]
  .flatMap(([, text = '']) => text.split(/^\$ /m).slice(1))
  .map((sample) => {
    const [command = '', ...printed] = sample.trimEnd().split('\n')
    return { command, printed }
  })

test('has samples', () => {
  expect(SAMPLES.length).toBeGreaterThan(8)
})

test('prints what docs/inspect.md shows, one command after the other', { timeout: 60_000 }, () => {
  const project = mkdtempSync(join(tmpdir(), 'starttask-docs-'))
  cpSync(join(ROOT, 'recordings'), join(project, 'recordings'), { recursive: true })
  for (const { command, printed } of SAMPLES) {
    const script = `{ ${command.replace(/\bstarttask\b/, `"${process.execPath}" "${BIN}"`)}; } 2>&1 || true`
    const env = { PATH: process.env['PATH'], HOME: project, NO_COLOR: '1', STARTTASK_KEY_FILE: join(project, '.key') }
    const lines = execFileSync('sh', ['-c', script], { encoding: 'utf8', cwd: project, env }).trimEnd().split('\n')
    expect({ command, lines }).toEqual({ command, lines: fillGaps(printed, lines) })
  }
})

/** What was expected, with the lines that were printed in the place of each `…`. */
function fillGaps(expected: readonly string[], lines: readonly string[]): string[] {
  const [first, ...rest] = expected
  if (first === undefined) return []
  if (first !== '…') return [first, ...fillGaps(rest, lines.slice(1))]
  const [next] = rest
  const end = next === undefined ? lines.length : lines.indexOf(next)
  return end === -1 ? [...expected] : [...lines.slice(0, end), ...fillGaps(rest, lines.slice(end))]
}
