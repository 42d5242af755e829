import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import packageJson from '../package.json' with { type: 'json' }
import { writeApiReports } from '../scripts/api-reports.ts'

const REVIEWED = join(import.meta.dirname, 'api')

test('exports what was reviewed', { timeout: 120_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'starttask-api-'))
  try {
    writeApiReports(folder)
    expect(readReports(folder), 'if the change is intended: npm run api').toEqual(
      readReports(REVIEWED),
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('has a report for each entry point', () => {
  const names = Object.entries(packageJson.exports).flatMap(([subpath, entry]) =>
    typeof entry === 'string' ? [] : [subpath === '.' ? 'index' : subpath.slice('./'.length)],
  )
  expect([...readReports(REVIEWED).keys()].toSorted()).toEqual(
    names.map((name) => `${name}.api.md`).toSorted(),
  )
  expect(readReports(REVIEWED).get('index.api.md')).toContain('export function checkRequest(')
  expect(readReports(REVIEWED).get('msw.api.md')).toContain('export function startReplay(')
})

function readReports(folder: string): Map<string, string> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.api.md'))
  return new Map(files.map((file) => [file, readFileSync(join(folder, file), 'utf8')]))
}
