import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkRequest, checkResponse, type Finding } from '../../src/contract/index.ts'
import {
  brokenRequests,
  startTaskRequests,
  startTaskResponses,
} from '../../src/outcomes/arbitraries.ts'

interface Rule {
  id: string
  side: string
  accepted?: unknown
  refused?: unknown
}

const catalogue: { rules: Rule[] } = JSON.parse(
  readFileSync('contracts/start-task/rules.json', 'utf8'),
)

/** The same body, but no plain object: a quick look does not trust it, so that the validators look closely. */
function withPrototype(body: unknown): unknown {
  return typeof body === 'object' && body !== null && !Array.isArray(body)
    ? Object.assign(Object.create({}), body)
    : body
}

/** Both ways to look at a body. */
function lookTwice(
  check: (body: unknown) => Finding[],
  body: unknown,
): { quick: Finding[]; close: Finding[] } {
  return { quick: check(body), close: check(withPrototype(body)) }
}

test.each(catalogue.rules.filter(({ side }) => side === 'request'))(
  'finds at a quick look what a close look finds, around $id',
  ({ accepted, refused }) => {
    for (const body of [accepted, refused]) {
      const { quick, close } = lookTwice(checkRequest, body)
      expect(quick).toEqual(close)
    }
  },
)

test.each(catalogue.rules.filter(({ side }) => side === 'response'))(
  'finds at a quick look what a close look finds, around $id',
  ({ accepted, refused }) => {
    for (const view of ['recorded', 'expected'] as const) {
      for (const body of [accepted, refused]) {
        const { quick, close } = lookTwice((value) => checkResponse(value, view), body)
        expect(quick).toEqual(close)
      }
    }
  },
)

test('takes no Map, no Date and no class for an object of the contract', () => {
  for (const networkConfiguration of [
    new Map(),
    new Date(0),
    Object.create({ subnets: ['subnet-1'] }),
  ]) {
    const body = { containerInstances: ['a'], taskDefinition: 'b', networkConfiguration }
    expect(checkRequest(body)).toEqual(checkRequest(withPrototype(body)))
  }
})

test('finds at a quick look what a close look finds in any request', () => {
  const requests = fc.oneof(
    startTaskRequests(),
    brokenRequests().map(({ request }) => request),
  )
  const isAlike = fc.property(requests, (request) => {
    const { quick, close } = lookTwice(checkRequest, request)
    expect(quick).toEqual(close)
  })
  expect(fc.check(isAlike, { seed: 20261123, numRuns: 2000 })).toMatchObject({ failed: false })
})

test('finds at a quick look what a close look finds in any response', () => {
  const isAlike = fc.property(startTaskResponses(), (response) => {
    const { quick, close } = lookTwice(checkResponse, response)
    expect(quick).toEqual(close)
  })
  expect(fc.check(isAlike, { seed: 20261123, numRuns: 1000 })).toMatchObject({ failed: false })
})
