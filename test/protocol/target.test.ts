import { expect, test } from 'vitest'
import { isAwsJson, normaliseHeaders, parseTarget } from '../../src/protocol/index.ts'

test('reads service and operation of a target', () => {
  expect(parseTarget('AmazonEC2ContainerServiceV20141113.StartTask')).toEqual({
    service: 'AmazonEC2ContainerServiceV20141113',
    operation: 'StartTask',
  })
})

test.each([
  undefined,
  '',
  'StartTask',
  'a.b.c',
  '.StartTask',
  'Ecs.',
  'Ecs.Start Task',
  `Ecs.${'a'.repeat(129)}`,
])('does not take %j for a target', (header) => {
  expect(parseTarget(header)).toBeUndefined()
})

test.each([
  ['application/x-amz-json-1.1', true],
  ['application/x-amz-json-1.0', true],
  ['Application/X-Amz-Json-1.1 ; charset=utf-8', true],
  ['application/x-amz-json-1.10', false],
  ['application/json', false],
  [undefined, false],
])('says of %j whether it is AWS JSON', (type, expected) => {
  expect(isAwsJson(type)).toBe(expected)
})

test.each([new Headers({ 'X-A': '1' }), { 'X-A': '1' }, { 'x-a': ['1'], 'x-b': undefined }])(
  'lowers header names',
  (headers) => {
    expect(normaliseHeaders(headers)).toEqual({ 'x-a': '1' })
  },
)

test('joins several values of one header', () => {
  expect(normaliseHeaders({ Accept: ['a', 'b'] })).toEqual({ accept: 'a, b' })
})
