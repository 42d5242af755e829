import { readFileSync } from 'node:fs'

import { expect, test } from 'vitest'

import { isObject } from '../../src/protocol/index.ts'
import { isQuiet } from '../../src/redaction/secret-search.ts'

const collectNames = (value: unknown, names: Set<string>): Set<string> => {
  if (Array.isArray(value)) for (const item of value) collectNames(item, names)
  if (!isObject(value)) return names
  if (isObject(value['properties']))
    for (const name of Object.keys(value['properties'])) names.add(name)
  for (const member of Object.values(value)) collectNames(member, names)
  return names
}

test.each(['request', 'response'])(
  'takes every member name of the documented %s for harmless at one look',
  (side) => {
    const schema: unknown = JSON.parse(
      readFileSync(
        new URL(`../../contracts/start-task/${side}.schema.json`, import.meta.url),
        'utf8',
      ),
    )
    const names = collectNames(schema, new Set())
    expect(names.size).toBeGreaterThan(20)
    expect([...names].filter((name) => !isQuiet(name))).toEqual([])
  },
)
