import { expect, test } from 'vitest'
import { formatErrorBody, readErrorIdentity } from '../../src/protocol/index.ts'

test.each([
  'FooError',
  'aws.protocoltests#FooError',
  'FooError:http://internal.amazon.com/coral/com.amazon/',
  'ns#FooError:http://host/#x',
])('reads the name in %s', (raw) => {
  expect(readErrorIdentity({}, { __type: raw })?.name).toBe('FooError')
  expect(readErrorIdentity({}, { code: raw })?.name).toBe('FooError')
  expect(readErrorIdentity({ 'x-amzn-errortype': raw }, undefined)?.name).toBe('FooError')
})

test('asks __type first, then code, then the header', () => {
  const headers = { 'x-amzn-errortype': 'FromHeader' }
  expect(readErrorIdentity(headers, { __type: 'FromType', code: 'FromCode' })?.name).toBe('FromType')
  expect(readErrorIdentity(headers, { code: 'FromCode' })?.name).toBe('FromCode')
  expect(readErrorIdentity(headers, {})?.name).toBe('FromHeader')
})

test.each(['', '#', ':http://host', 1, null])('goes on when __type is %j, which names nothing', (raw) => {
  expect(readErrorIdentity({}, { __type: raw, code: 'FromCode' })?.name).toBe('FromCode')
})

test.each([undefined, null, 'FooError', [], {}, { message: 'no' }, { error: { __type: 'Nested' } }, { __type: ':' }])(
  'finds no name in %j',
  (body) => {
    expect(readErrorIdentity({}, body)).toBeUndefined()
  },
)

test.each([
  [{ __type: 'A', message: 'small' }, 'small'],
  [{ __type: 'A', Message: 'Capital' }, 'Capital'],
  [{ __type: 'A', message: 'small', Message: 'Capital' }, 'small'],
  [{ __type: 'A' }, ''],
  [{ __type: 'A', message: 1 }, ''],
])('reads the message of %j', (body, message) => {
  expect(readErrorIdentity({}, body)?.message).toBe(message)
})

test('reads back the error that it wrote', () => {
  const error = { name: 'ServerException', message: 'a "quoted" word' }
  expect(readErrorIdentity({}, JSON.parse(formatErrorBody(error)))).toEqual(error)
})
