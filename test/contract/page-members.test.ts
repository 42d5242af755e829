import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { checkRequest, checkResponse } from '../../src/contract/index.ts'

type Schema = { [keyword: string]: unknown }
type Side = 'request' | 'response'

const page: Record<Side, string[]> = JSON.parse(
  readFileSync('test/contract/page-members.json', 'utf8'),
)

function readSchema(side: Side): Schema {
  return JSON.parse(readFileSync(`contracts/start-task/${side}.schema.json`, 'utf8'))
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Every place of a schema as `path: type`, in the form of page-members.json. */
function listPlaces(root: Schema, node: Schema = root, path = ''): string[] {
  const definition = typeof node['$ref'] === 'string' ? readDefinition(root, node['$ref']) : {}
  const { type, properties, items } = { ...definition, ...node }
  const own = path === '' ? [] : [`${path}: ${String(type)}`]
  const members = isSchema(properties) ? Object.entries(properties) : []
  const below = members.flatMap(([name, member]) =>
    isSchema(member) ? listPlaces(root, member, path === '' ? name : `${path}.${name}`) : [],
  )
  return [...own, ...below, ...(isSchema(items) ? listPlaces(root, items, `${path}[]`) : [])]
}

function readDefinition(root: Schema, ref: string): Schema {
  const definitions = isSchema(root['$defs']) ? root['$defs'] : {}
  const definition = definitions[ref.replace('#/$defs/', '')]
  if (!isSchema(definition)) throw new Error(`no ${ref}`)
  return definition
}

/** Every object of a schema file, wherever it stands. */
function listObjects(value: unknown): Schema[] {
  if (Array.isArray(value)) return value.flatMap(listObjects)
  if (!isSchema(value)) return []
  return [
    ...(value['type'] === 'object' ? [value] : []),
    ...Object.values(value).flatMap(listObjects),
  ]
}

/** A value that has the place and nothing else, with `leaf` in it. */
function buildAt(path: string, leaf: unknown): unknown {
  const steps = path.split(/\.|(?=\[\])/)
  return steps.reduceRight<unknown>(
    (value, step) => (step === '[]' ? [value] : { [step]: value }),
    leaf,
  )
}

const EXAMPLES: Record<string, unknown> = {
  string: 'a',
  number: 1,
  boolean: true,
  array: [],
  object: {},
}

test.each([
  ['request', 75],
  ['response', 131],
] as const)('has as many places of the %s as the page', (side, count) => {
  expect(page[side]).toHaveLength(count)
})

test.each(['request', 'response'] as const)(
  'shows every place of the page and no other, with its type, in the %s',
  (side) => {
    expect(listPlaces(readSchema(side)).toSorted()).toEqual(page[side].toSorted())
  },
)

test.each(['request', 'response'] as const)('closes every object of the %s', (side) => {
  const objects = listObjects(readSchema(side))
  expect(objects.length).toBeGreaterThan(10)
  for (const schema of objects) expect(schema['additionalProperties']).toBe(false)
})

test.each(['request', 'response'] as const)(
  'accepts its own type and no other at every place of the %s',
  (side) => {
    const check = side === 'request' ? checkRequest : checkResponse
    for (const place of page[side]) {
      const [path = '', type = ''] = place.split(': ')
      for (const [kind, example] of Object.entries(EXAMPLES)) {
        const mistyped = check(buildAt(path, example)).filter(
          (finding) => finding.rule === `${side}.${path}.type`,
        )
        expect(mistyped, `${path} with ${kind}`).toHaveLength(kind === type ? 0 : 1)
      }
    }
  },
)

test('requires what the page requires and nothing else', () => {
  expect(listObjects(readSchema('request')).flatMap((schema) => schema['required'] ?? [])).toEqual([
    'containerInstances',
    'taskDefinition',
  ])
  expect(listObjects(readSchema('response')).flatMap((schema) => schema['required'] ?? [])).toEqual(
    [],
  )
})

test('has a source for the whole of each file', () => {
  for (const side of ['request', 'response'] as const)
    expect(readSchema(side)['x-source']).toMatch(/^API page, /)
})
