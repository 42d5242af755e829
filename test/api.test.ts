import { readFileSync } from 'node:fs'

import { expect, test } from 'vitest'

import packageJson from '../package.json' with { type: 'json' }
import { formatApi } from '../scripts/api-page.ts'
import { readPublicDeclarations } from '../scripts/declarations.ts'

test('keeps the public surface as it was reviewed', () => {
  const golden = readFileSync(new URL('api.golden.md', import.meta.url), 'utf8')
  expect(formatApi(), 'if this change is meant: npm run api, and commit what it writes').toBe(
    golden,
  )
})

test('lists every subpath that has declarations', () => {
  const { entries } = readPublicDeclarations()
  const typed = Object.entries(packageJson.exports).flatMap(([subpath, entry]) =>
    typeof entry === 'string' ? [] : [subpath],
  )
  expect([...entries.keys()]).toEqual(typed)
  expect([...(entries.get('.')?.keys() ?? [])]).toContain('checkRequest')
  expect([...(entries.get('./msw')?.keys() ?? [])]).toContain('startReplay')
})

test('ships the declarations of what can be reached, and no others', () => {
  const files = readPublicDeclarations().files.map(({ file }) => file)
  expect(files).toContain('replayer/msw')
  expect(files.filter((file) => file.startsWith('cli/'))).toEqual([])
})
