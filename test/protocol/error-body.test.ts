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
  expect(readErrorIdentity(headers, { __type: 'FromType', code: 'FromCode' })?.name).toBe(
    'FromType',
  )
  expect(readErrorIdentity(headers, { code: 'FromCode' })?.name).toBe('FromCode')
  expect(readErrorIdentity(headers, {})?.name).toBe('FromHeader')
})

test.each([
  '',
  '#',
  ':http://host',
  ',A',
  null,
  true,
  {},
  ['FooError'],
  9_007_199_254_740_994,
  JSON.rawJSON('1e400'),
])('does not go on when __type is %j, which names nothing', (raw) => {
  expect(
    readErrorIdentity({ 'x-amzn-errortype': 'FromHeader' }, { __type: raw, code: 'FromCode' }),
  ).toBeUndefined()
})

test('goes on when __type is undefined, as a member that JSON does not have', () => {
  expect(readErrorIdentity({}, { __type: undefined, code: 'FromCode' })?.name).toBe('FromCode')
})

test.each(['code', 'Code', 'CODE'])('finds the member %s', (member) => {
  expect(readErrorIdentity({}, { [member]: 'FooError' })?.name).toBe('FooError')
})

test.each(['x-amzn-errortype', 'X-Amzn-ErrorType', 'X-AMZN-ERRORTYPE'])(
  'finds the header %s',
  (header) => {
    expect(readErrorIdentity({ [header]: 'FooError' }, undefined)?.name).toBe('FooError')
  },
)

test('does not find a __Type in another case', () => {
  expect(readErrorIdentity({}, { __Type: 'FooError' })).toBeUndefined()
})

test.each([
  ['FooError,BarError', 'FooError'],
  ['ns#FooError,ns#BarError', 'FooError'],
  ['a,ns#FooError', 'a'],
  ['ns#FooError#x', 'FooError'],
  ['ns:x#FooError', 'ns'],
  [' FooError ', ' FooError '],
  [400, '400'],
  [0, '0'],
  [1.5, '1.5'],
])('cuts %j to %j', (raw, name) => {
  expect(readErrorIdentity({}, { __type: raw })?.name).toBe(name)
})

test.each([
  undefined,
  null,
  'FooError',
  [],
  ['FooError'],
  {},
  { message: 'no' },
  { error: { __type: 'Nested' } },
  { __type: ':' },
])('finds no name in %j', (body) => {
  expect(readErrorIdentity({}, body)).toBeUndefined()
})

test('reads the header when the body is no object', () => {
  expect(readErrorIdentity({ 'x-amzn-errortype': 'FooError' }, ['text'])).toEqual({
    name: 'FooError',
    message: '',
  })
})

test('does not take a member of __proto__ for one of the body', () => {
  expect(readErrorIdentity({}, JSON.parse('{"__proto__":{"__type":"FooError"}}'))).toBeUndefined()
})

test.each([
  [{ __type: 'A', message: 'small' }, 'small'],
  [{ __type: 'A', Message: 'Capital' }, 'Capital'],
  [{ __type: 'A', message: 'small', Message: 'Capital' }, 'small'],
  [{ __type: 'A', message: null, Message: 'Capital' }, 'Capital'],
  [{ __type: 'A', message: '', Message: 'Capital' }, 'Capital'],
  [{ __type: 'A', MESSAGE: 'other' }, ''],
  [{ __type: 'A' }, ''],
  [{ __type: 'A', message: 1 }, ''],
  [{ __type: 'A', message: { text: 'x' }, Message: 'Capital' }, ''],
])('reads the message of %j', (body, message) => {
  expect(readErrorIdentity({}, body)?.message).toBe(message)
})

test('reads back the error that it wrote', () => {
  const error = { name: 'ServerException', message: 'a "quoted" word' }
  expect(readErrorIdentity({}, JSON.parse(formatErrorBody(error)))).toEqual(error)
})
