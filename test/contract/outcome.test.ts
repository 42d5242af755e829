import { expect, test } from 'vitest'
import { type Outcome, readOutcome } from '../../src/contract/index.ts'

function read(status: number, body: string | Uint8Array, headers: Record<string, string> = {}): Outcome {
  return readOutcome({ status, headers, body })
}

test('reads tasks without failures as started', () => {
  expect(read(200, '{"tasks":[{"taskArn":"t"}],"failures":[]}')).toEqual({ kind: 'started', tasks: [{ taskArn: 't' }] })
})

test('reads tasks with failures as partial', () => {
  const outcome = read(200, '{"tasks":[{}],"failures":[{"arn":"a","reason":"RESOURCE:CPU"}]}')
  expect(outcome).toEqual({ kind: 'partial', tasks: [{}], failures: [{ arn: 'a', reason: 'RESOURCE:CPU' }] })
})

test('reads a 200 with failures alone as unplaced', () => {
  expect(read(200, '{"tasks":[],"failures":[{"reason":"AGENT"}]}')).toEqual({ kind: 'unplaced', failures: [{ reason: 'AGENT' }] })
})

test.each(['{}', '{"tasks":[],"failures":[]}', '{"tasks":null}'])('reads %s, where nothing started, as unplaced', (body) => {
  expect(read(200, body)).toEqual({ kind: 'unplaced', failures: [] })
})

test('drops what is no text from a failure', () => {
  expect(read(200, '{"failures":[{"arn":1,"detail":null,"other":"x"},"text"]}')).toEqual({ kind: 'unplaced', failures: [{}, {}] })
})

test('reads an error of the caller as rejected', () => {
  expect(read(400, '{"__type":"ClusterNotFoundException","message":"Cluster not found."}')).toEqual({
    kind: 'rejected',
    error: { name: 'ClusterNotFoundException', message: 'Cluster not found.', status: 400, fault: 'client' },
  })
})

test('reads an error of the service as rejected by its fault', () => {
  expect(read(500, '{"__type":"ServerException"}')).toMatchObject({
    kind: 'rejected',
    error: { status: 500, fault: 'server', message: '' },
  })
})

test('reads an error that names itself in the header alone', () => {
  expect(read(400, '', { 'X-Amzn-ErrorType': 'ClientException' })).toMatchObject({ kind: 'rejected', error: { name: 'ClientException' } })
})

test.each([
  [200, ''],
  [200, '[]'],
  [200, '"text"'],
  [200, '{"tasks":{}}'],
  [200, '{"tasks":[],"failures":"x"}'],
  [200, '{"tasks":['],
  [502, '<html>'],
  [500, '{}'],
  [302, ''],
])('reads HTTP %d with %j as unreadable', (status, body) => {
  expect(read(status, body).kind).toBe('unreadable')
})

test('reads a 200 of another media type as unreadable', () => {
  expect(read(200, '{"tasks":[{}]}', { 'Content-Type': 'text/html' }).kind).toBe('unreadable')
})

test.each(['application/x-amz-json-1.1', 'application/x-amz-json-1.1; charset=utf-8', 'application/json'])('reads a 200 of %s', (type) => {
  expect(read(200, '{"tasks":[{}]}', { 'content-type': type }).kind).toBe('started')
})

test('reads bytes that are no UTF-8 as unreadable', () => {
  expect(read(200, Uint8Array.of(0x7b, 0xff, 0x7d)).kind).toBe('unreadable')
})

test('never repeats the body in the reason', () => {
  expect(JSON.stringify(read(200, '{"secret-word":'))).not.toContain('secret-word')
})
