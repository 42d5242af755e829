import { expect, test } from 'vitest'
import { checkExchange, type Finding } from '../../src/contract/index.ts'
import type { Exchange } from '../../src/protocol/index.ts'

const sent = {
  headers: {},
  body: {
    cluster: 'default',
    containerInstances: ['a'],
    group: 'web',
    propagateTags: 'NONE',
    taskDefinition: 'b:1',
  },
}
const wrong = { headers: {}, body: { ...sent.body, startedBy: 'a b' } }

function check(
  request: Exchange['request'],
  response: Exchange['response'],
  operation = 'StartTask',
): Finding[] {
  return checkExchange({ operation, startedAtMs: 0, request, response })
}

function answerWith(status: number, body: unknown, rest: object = {}): Exchange['response'] {
  return { status, headers: {}, body, ...rest }
}

test('has no finding in an exchange as documented', () => {
  expect(check(sent, answerWith(200, { tasks: [], failures: [] }))).toEqual([])
})

test('does not check an exchange of another operation', () => {
  expect(check({ headers: {}, body: 1 }, answerWith(200, 1), 'RunTask')).toEqual([])
})

test('reports the request before the response, each below its body', () => {
  expect(check(wrong, answerWith(200, { tasks: [{ createdAt: 'x' }] }))).toMatchObject([
    { pointer: '/request/body/startedBy', severity: 'error' },
    { pointer: '/response/body/tasks/0/createdAt', severity: 'error' },
  ])
})

test('notes an unknown member of the response', () => {
  expect(check(sent, answerWith(200, { novel: 1 }))).toMatchObject([
    { pointer: '/response/body/novel', severity: 'info' },
  ])
})

test('lowers to info what the service itself rejected', () => {
  expect(check(wrong, answerWith(400, { __type: 'InvalidParameterException' }))).toMatchObject([
    { pointer: '/request/body/startedBy', severity: 'info' },
  ])
})

test('does not lower what a failing service never judged', () => {
  expect(check(wrong, answerWith(500, { __type: 'ServerException' }))).toMatchObject([
    { severity: 'error' },
  ])
})

test('reports a status at the status', () => {
  expect(check(sent, answerWith(500, { __type: 'ClientException' }))).toMatchObject([
    { pointer: '/response/status', rule: 'error.status' },
  ])
})

test('takes another success than 200 for an error response', () => {
  expect(check(sent, answerWith(204, null)).map(({ pointer }) => pointer)).toEqual([
    '/response/status',
    '/response/body/__type',
  ])
})

test('reads the name of an error from the recorded headers', () => {
  const response = answerWith(400, {}, { headers: { 'x-amzn-errortype': 'ClientException' } })
  expect(check(sent, response)).toMatchObject([{ rule: 'error.__type.elsewhere' }])
})

test('checks only the request when the transport failed', () => {
  expect(check(wrong, { failure: 'reset', code: 'ECONNRESET' })).toMatchObject([
    { pointer: '/request/body/startedBy', severity: 'error' },
  ])
})

test('gives one finding for a response that is no JSON', () => {
  expect(check(sent, answerWith(502, null, { bodyText: '<html>' }))).toMatchObject([
    { pointer: '/response/bodyText', rule: 'response.notJson', severity: 'error' },
  ])
})

test('gives one finding for a response that is no text', () => {
  expect(check(sent, answerWith(200, null, { bodyBase64: '/w==' }))).toMatchObject([
    { pointer: '/response/bodyBase64' },
  ])
})

test('gives one finding for a request that is no JSON', () => {
  const request = { headers: {}, body: null, bodyText: '{"containerInstances":' }
  expect(check(request, answerWith(200, {}))).toMatchObject([
    { pointer: '/request/bodyText', rule: 'request.notJson' },
  ])
})
