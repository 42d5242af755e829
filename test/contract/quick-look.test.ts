import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { checkRequest, checkResponse, type Finding } from '../../src/contract/index.ts'

interface Rule {
  id: string
  side: string
  accepted?: unknown
  refused?: unknown
}

const catalogue: { rules: Rule[] } = JSON.parse(readFileSync('contracts/start-task/rules.json', 'utf8'))

/** The same body, but no plain object: a quick look does not trust it, so that the validators look closely. */
function withPrototype(body: unknown): unknown {
  return typeof body === 'object' && body !== null ? Object.assign(Object.create({}), body) : body
}

function checkBoth(check: (body: unknown) => Finding[], body: unknown): void {
  expect(check(body)).toEqual(check(withPrototype(body)))
}

test.each(catalogue.rules.filter(({ side }) => side === 'request'))(
  'finds at a quick look what a close look finds, around $id',
  ({ accepted, refused }) => {
    checkBoth(checkRequest, accepted)
    checkBoth(checkRequest, refused)
  },
)

test.each(catalogue.rules.filter(({ side }) => side === 'response'))(
  'finds at a quick look what a close look finds, around $id',
  ({ accepted, refused }) => {
    for (const view of ['recorded', 'expected'] as const) {
      checkBoth((body) => checkResponse(body, view), accepted)
      checkBoth((body) => checkResponse(body, view), refused)
    }
  },
)

test('takes no Map, no Date and no class for an object of the contract', () => {
  for (const networkConfiguration of [new Map(), new Date(0), new (class Network {})()]) {
    const body = { containerInstances: ['a'], taskDefinition: 'b', networkConfiguration }
    expect(checkRequest(body)).toEqual(checkRequest(withPrototype(body)))
  }
})
