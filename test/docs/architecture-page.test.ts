import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { LAYERS, PAIRS } from '../architecture/import-rules.ts'
import { ROOT } from './pages.ts'

const DECISIONS = join(ROOT, 'docs/decisions')
const map = readFileSync(join(ROOT, 'ARCHITECTURE.md'), 'utf8')

/** Reads the picture of layers: the layer of each module that it shows. */
function readPicture(text: string): Map<string, number> {
  const found = new Map<string, number>()
  let layer: number | undefined
  for (const line of text.split('\n')) {
    const [, number, module] = /^(?:layer (\d) )? {1,9}([a-z/]+)\/ /.exec(line) ?? []
    if (number !== undefined) layer = Number(number)
    if (module !== undefined && layer !== undefined) found.set(module, layer)
  }
  return found
}

test('shows each module in its layer', () => {
  expect(Object.fromEntries(readPicture(map))).toEqual(Object.fromEntries(LAYERS))
})

test('shows each pair of modules in one layer', () => {
  const lines = map.split('\n')
  const missing = PAIRS.filter(
    ({ from, to }) =>
      !lines.some((line) => line.includes(` ${from}/ `) && line.split(' -> ')[1]?.includes(to)),
  )
  expect(missing).toEqual([])
})

test('names only tests that exist', () => {
  const named = [...map.matchAll(/`(test\/[^`]*)`/g)].map(([, path = '']) => path)
  expect(named.length).toBeGreaterThan(15)
  expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([])
})

test('is a map of at most 150 lines', () => {
  expect(map.split('\n').length).toBeLessThanOrEqual(151)
})

test('lists every decision in the index', () => {
  const index = readFileSync(join(DECISIONS, 'README.md'), 'utf8')
  const listed = [...index.matchAll(/\]\((\d{4}-[^)]*)\)/g)].map(([, file = '']) => file)
  const files = readdirSync(DECISIONS).filter((file) => file !== 'README.md')
  expect(listed.toSorted()).toEqual(files.toSorted())
})

test.for(readdirSync(DECISIONS).filter((file) => file !== 'README.md'))(
  'states context, decision and consequences in %s',
  (file) => {
    const text = readFileSync(join(DECISIONS, file), 'utf8')
    const headings = [...text.matchAll(/^#+ .*$/gm)].map(([heading]) => heading)
    expect(headings).toEqual([
      expect.stringMatching(new RegExp(`^# ${file.slice(0, 4)} [A-Z\`]`)),
      '## Context',
      '## Decision',
      '## Consequences',
    ])
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(25)
    expect(text.split('\n').filter((line) => line.length > 100)).toEqual([])
  },
)
