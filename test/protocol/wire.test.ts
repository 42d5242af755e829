import { expect, test } from 'vitest'
import {
  buildErrorResponse,
  isTransportFailure,
  readDefaultCode,
  readTransportFailure,
} from '../../src/protocol/index.ts'

function withCode(code: string, error: Error = new Error('failed')): Error {
  return Object.assign(error, { code })
}

test.each([
  ['ECONNREFUSED', 'refused'],
  ['ECONNRESET', 'reset'],
  ['EPIPE', 'reset'],
  ['ETIMEDOUT', 'timeout'],
  ['UND_ERR_BODY_TIMEOUT', 'timeout'],
  ['ENOTFOUND', 'other'],
  ['constructor', 'other'],
])('reads %s as %s', (code, failure) => {
  expect(readTransportFailure(withCode(code))).toEqual({ failure, code })
})

test.each([
  ['refused', 'ECONNREFUSED'],
  ['reset', 'ECONNRESET'],
  ['timeout', 'ETIMEDOUT'],
  ['truncated', 'ECONNRESET'],
  ['other', undefined],
] as const)('a client that meets %s fails with %s', (failure, code) => {
  expect(readDefaultCode(failure)).toBe(code)
})

test('finds the code of a cause', () => {
  expect(
    readTransportFailure(new TypeError('fetch failed', { cause: withCode('ECONNRESET') })),
  ).toEqual({
    failure: 'reset',
    code: 'ECONNRESET',
  })
})

test('finds the code of a grouped error', () => {
  expect(readTransportFailure(new AggregateError([withCode('ECONNREFUSED')])).failure).toBe(
    'refused',
  )
})

test.each([new Error('failed'), 'text', undefined])('reads what has no code as other', (error) => {
  expect(readTransportFailure(error)).toEqual({ failure: 'other' })
})

test('ends on an error that is its own cause', () => {
  const error = new Error('round')
  error.cause = error
  expect(readTransportFailure(error)).toEqual({ failure: 'other' })
})

test('tells a response from a transport failure', () => {
  expect([isTransportFailure({ status: 200 }), isTransportFailure({ failure: 'reset' })]).toEqual([
    false,
    true,
  ])
})

test('makes the headers of an error response for now', () => {
  const response = buildErrorResponse(
    400,
    { name: 'ClientException', message: 'ä' },
    { now: 0, requestId: 'id-1' },
  )
  expect(response).toEqual({
    status: 400,
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'content-length': '43',
      date: 'Thu, 01 Jan 1970 00:00:00 GMT',
      'x-amzn-requestid': 'id-1',
    },
    body: '{"__type":"ClientException","message":"ä"}',
  })
})
