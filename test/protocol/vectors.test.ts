import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

import { checkError, checkResponse, readOutcome } from '../../src/contract/index.ts'
import { identifyRequest } from '../../src/matching/index.ts'
import {
  AWS_JSON,
  formatCanonicalJson,
  formatErrorBody,
  isAwsJson,
  isObject,
  type JsonObject,
  parseBody,
  parseTarget,
  readErrorIdentity,
} from '../../src/protocol/index.ts'
import { ALL_VECTORS, HAS_VECTORS, type Vector } from './protocol-vectors.ts'
import { findRole, NAMED_KEYS, type Repoint, type Role } from './vector-roles.ts'

// What runs here is the protocol's reading of a case; test/replayer/vectors.test.ts sends the same cases through the adapters.

const NOT_APPLICABLE: Record<Vector['suite'], Record<string, string>> = JSON.parse(
  readFileSync(new URL('vectors-not-applicable.json', import.meta.url), 'utf8'),
)

function getReason({ suite, key }: Vector): string | undefined {
  return NOT_APPLICABLE[suite][key]
}

function getMembers(body: string | undefined): JsonObject {
  const parsed = parseBody(body ?? '')
  return isObject(parsed) ? parsed : {}
}

for (const vector of ALL_VECTORS) {
  const role = findRole(vector)
  if (role) testRole(vector, role, `${vector.suite} ${vector.key}`)
}

function testRole(vector: Vector, role: Role, name: string): void {
  switch (role.run) {
    case 'framing':
      testFraming(vector, name)
      return
    case 'request':
      if (!isOldTarget(vector)) testFraming(vector, name)
      return testIdentity(vector, role.repoint, name)
    case 'response':
      return testResponse(vector, role.repoint, name)
    case 'error':
      return testError(vector, name)
  }
}

/** The oldest cases of botocore name a service with dots in it, as no service of AWS JSON is named. */
function isOldTarget({ headers }: Vector): boolean {
  return headers['x-amz-target']?.startsWith('com.amazonaws.') === true
}

function testFraming({ headers, operation }: Vector, name: string): void {
  test(`reads target and content type: ${name}`, () => {
    expect(parseTarget(headers['x-amz-target'])).toEqual({ service: 'JsonProtocol', operation })
    expect(isAwsJson(headers['content-type'])).toBe(true)
  })
}

function testIdentity({ body, value }: Vector, repoint: Repoint, name: string): void {
  const identify = (members: JsonObject) => identifyRequest('StartTask', members).key

  test(`identifies what is on the wire with what the caller gave: ${name}`, () => {
    expect(identify(repoint(getMembers(body)))).toBe(identify(repoint(value)))
  })

  if (body === '{}') return
  test(`tells it from a request that says nothing: ${name}`, () => {
    expect(identify(repoint(getMembers(body)))).not.toBe(identify({}))
  })
}

function testResponse(
  { status, headers, body, value }: Vector,
  repoint: Repoint,
  name: string,
): void {
  const members = repoint(getMembers(body))

  test(`reads the outcome: ${name}`, () => {
    const outcome = readOutcome({
      status,
      headers,
      body: body === '' ? '' : JSON.stringify(members),
    })
    expect(formatCanonicalJson(outcome)).toBe(
      formatCanonicalJson(body === '' ? EMPTY : expectOutcome(members)),
    )
  })

  test(`finds wrong types nowhere but at null in a list: ${name}`, () => {
    const wrong = checkResponse(repoint(value)).filter(({ rule }) => rule.endsWith('.type'))
    expect(wrong.map(({ actual }) => actual)).toEqual(
      Object.values(value).some(hasNull) ? ['null', 'null', 'null'] : [],
    )
  })
}

const EMPTY = { kind: 'unreadable', reason: 'The body is empty.' }

function expectOutcome({ tasks }: JsonObject): object {
  return Array.isArray(tasks) ? { kind: 'started', tasks } : { kind: 'unplaced', failures: [] }
}

function hasNull(member: unknown): boolean {
  return Array.isArray(member) && member.includes(null)
}

function testError({ status, headers, body, error }: Vector, name: string): void {
  const identity = { ...error }

  test(`reads name and message: ${name}`, () => {
    expect(readErrorIdentity(headers, parseBody(body ?? ''))).toEqual(identity)
  })

  test(`reads the outcome: ${name}`, () => {
    const fault = status >= 500 ? 'server' : 'client'
    expect(readOutcome({ status, headers, body: body ?? '' })).toEqual({
      kind: 'rejected',
      error: { ...identity, status, fault },
    })
  })

  test(`knows the name for one that the page does not list: ${name}`, () => {
    const findings = checkError(status, headers, parseBody(body ?? ''))
    expect(findings.filter(({ rule }) => rule !== 'error.__type.elsewhere')).toMatchObject([
      { rule: 'error.undocumented', severity: 'info', actual: identity.name },
    ])
  })

  test(`reads back what it writes: ${name}`, () => {
    const written = formatErrorBody({ name: '', message: '', ...identity })
    expect(
      readOutcome({ status, headers: { 'content-type': AWS_JSON }, body: written }),
    ).toMatchObject({
      kind: 'rejected',
      error: identity,
    })
  })
}

test.skipIf(!HAS_VECTORS)('finds every case of both suites', () => {
  const count = (suite: Vector['suite']) =>
    ALL_VECTORS.filter((vector) => vector.suite === suite).length
  expect([count('smithy'), count('botocore')]).toEqual([123, 156])
  expect(new Set(ALL_VECTORS.map(({ suite, key }) => `${suite} ${key}`)).size).toBe(
    ALL_VECTORS.length,
  )
})

test.skipIf(!HAS_VECTORS)(
  'runs each case, or lists it with the reason why it does not apply',
  () => {
    const untold = ALL_VECTORS.filter(
      (vector) => (findRole(vector) === undefined) === (getReason(vector) === undefined),
    )
    expect(untold.map(({ suite, key }) => `${suite} ${key}`)).toEqual([])
  },
)

test.skipIf(!HAS_VECTORS)('lists no case that does not exist', () => {
  const listed = Object.entries(NOT_APPLICABLE).flatMap(([suite, cases]) =>
    Object.keys(cases).map((key) => `${suite} ${key}`),
  )
  const existing = new Set(ALL_VECTORS.map(({ suite, key }) => `${suite} ${key}`))
  expect(listed.filter((name) => !existing.has(name))).toEqual([])
})

test.skipIf(!HAS_VECTORS)('runs no case that does not exist', () => {
  const existing = new Set(ALL_VECTORS.map(({ key }) => key))
  expect(NAMED_KEYS.filter((key) => !existing.has(key))).toEqual([])
})

test('gives a reason for each case that does not apply', () => {
  const reasons = Object.values(NOT_APPLICABLE).flatMap((cases) => Object.values(cases))
  expect(reasons.length).toBeGreaterThan(0)
  expect(reasons.filter((reason) => reason.length < 20)).toEqual([])
})
