import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { checkError, COMMON_ERRORS, DOCUMENTED_ERRORS } from '../../src/contract/index.ts'

test("lists the page's five errors with status and fault", () => {
  expect(DOCUMENTED_ERRORS).toEqual({
    ClientException: { status: 400, fault: 'client', meaning: expect.any(String) },
    ClusterNotFoundException: { status: 400, fault: 'client', meaning: expect.any(String) },
    InvalidParameterException: { status: 400, fault: 'client', meaning: expect.any(String) },
    ServerException: { status: 500, fault: 'server', meaning: expect.any(String) },
    UnsupportedFeatureException: { status: 400, fault: 'client', meaning: expect.any(String) },
  })
})

test('lists what contracts/start-task/errors.json lists', () => {
  const file: { errors: Record<string, object> } = JSON.parse(
    readFileSync('contracts/start-task/errors.json', 'utf8'),
  )
  expect(file.errors).toMatchObject(DOCUMENTED_ERRORS)
  expect(Object.keys(file.errors)).toEqual(Object.keys(DOCUMENTED_ERRORS))
})

test.each(Object.entries(DOCUMENTED_ERRORS))(
  'has no finding in %s with its own status',
  (name, { status }) => {
    expect(checkError(status, {}, { __type: name, message: 'no' })).toEqual([])
  },
)

test('refuses a documented error with another status', () => {
  expect(checkError(500, {}, { __type: 'ClusterNotFoundException' })).toMatchObject([
    { pointer: '', rule: 'error.status', severity: 'error', expected: 400, actual: 500 },
  ])
})

test('refuses a server error that came with a client status', () => {
  expect(checkError(400, {}, { __type: 'ServerException' })).toMatchObject([
    { rule: 'error.status', expected: 500 },
  ])
})

test.each([200, 399, 600, Number.NaN])('refuses the status %d', (status) => {
  expect(checkError(status, {}, { __type: 'ClientException' })).toMatchObject([
    { rule: 'error.status', severity: 'error' },
  ])
})

test('notes an error that neither the page nor the common errors list', () => {
  expect(checkError(400, {}, { __type: 'TeapotException' })).toMatchObject([
    { pointer: '/__type', rule: 'error.undocumented', severity: 'info', actual: 'TeapotException' },
  ])
})

test.each(Object.entries(COMMON_ERRORS))(
  'has no finding in the common error %s with a known status',
  (name, { statuses }) => {
    for (const status of statuses)
      expect(checkError(status, {}, { __type: name, message: 'no' })).toEqual([])
  },
)

test('warns of a common error with a status that nobody gives it', () => {
  expect(checkError(429, {}, { __type: 'ThrottlingException' })).toMatchObject([
    { pointer: '', rule: 'error.commonStatus', severity: 'warning', expected: [400], actual: 429 },
  ])
})

test.each(['constructor', '__proto__', 'toString'])(
  'does not take %s for a documented error',
  (name) => {
    expect(checkError(400, {}, JSON.parse(`{"__type":"${name}"}`))).toMatchObject([
      { rule: 'error.undocumented' },
    ])
  },
)

test.each([undefined, null, 'text', {}, { message: 'no' }, { __type: {} }, { __type: '' }])(
  'refuses the body %j, which names no error',
  (body) => {
    expect(checkError(400, {}, body)).toMatchObject([
      { pointer: '/__type', rule: 'error.__type.required', severity: 'error' },
    ])
  },
)

test('reads a namespace before the name', () => {
  expect(checkError(400, {}, { __type: 'com.amazonaws.ecs#ClientException' })).toEqual([])
})

test.each([
  { 'X-Amzn-ErrorType': 'ClientException' },
  new Headers({ 'x-amzn-errortype': 'ClientException' }),
])('notes a name that stands in the header alone', (headers) => {
  expect(checkError(400, headers, {})).toMatchObject([
    { rule: 'error.__type.elsewhere', severity: 'info' },
  ])
})

test('does not throw on headers that are none', () => {
  // Reflect.apply, since callers in JavaScript hand over anything and the type does not let this test.
  expect(Reflect.apply(checkError, undefined, [400, null, { __type: 'ClientException' }])).toEqual(
    [],
  )
})
