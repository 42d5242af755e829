import { expect, test } from 'vitest'

import { findDifferences, measureDistance } from '../../src/matching/index.ts'
import { parseBody } from '../../src/protocol/index.ts'

test('finds none between equal values', () => {
  expect(findDifferences({ a: [1, { b: 'c' }] }, { a: [1, { b: 'c' }] })).toEqual([])
})

test('names a changed value with both sides', () => {
  expect(findDifferences({ startedBy: 'me' }, { startedBy: 'you' })).toEqual([
    { pointer: '/startedBy', kind: 'changed', recorded: 'me', sent: 'you' },
  ])
})

test('names what was recorded and not sent, and what was sent and not recorded', () => {
  expect(findDifferences({ a: 1 }, { b: 2 })).toEqual([
    { pointer: '/a', kind: 'missing', recorded: 1 },
    { pointer: '/b', kind: 'added', sent: 2 },
  ])
})

test('goes in the order of the recorded value, then of the sent one', () => {
  const differences = findDifferences({ z: 1, a: 1 }, { y: 1, b: 1, a: 2 })
  expect(differences.map(({ pointer }) => pointer)).toEqual(['/z', '/a', '/y', '/b'])
})

test('compares lists by place', () => {
  expect(findDifferences({ list: ['a', 'b'] }, { list: ['b'] })).toEqual([
    { pointer: '/list/0', kind: 'changed', recorded: 'a', sent: 'b' },
    { pointer: '/list/1', kind: 'missing', recorded: 'b' },
  ])
  expect(findDifferences({ list: [] }, { list: [{ c: 1 }] })).toEqual([
    { pointer: '/list/0', kind: 'added', sent: { c: 1 } },
  ])
})

test('names the smallest place that differs', () => {
  expect(
    findDifferences({ a: { b: [{ c: 1, d: 2 }] } }, { a: { b: [{ c: 1, d: 3 }] } }),
  ).toMatchObject([{ pointer: '/a/b/0/d' }])
})

test('names the whole when its kind differs', () => {
  expect(findDifferences({ a: 1 }, [1])).toEqual([
    { pointer: '', kind: 'changed', recorded: { a: 1 }, sent: [1] },
  ])
  expect(findDifferences({ a: {} }, { a: 'x' })).toMatchObject([{ pointer: '/a', kind: 'changed' }])
})

test('escapes a member name in the pointer', () => {
  expect(findDifferences({}, { 'a/b~c': 1 })).toMatchObject([{ pointer: '/a~1b~0c' }])
})

test('takes numbers by value, to the last digit', () => {
  expect(findDifferences(parseBody('{"n":1.0}'), parseBody('{"n":1}'))).toEqual([])
  expect(
    findDifferences(parseBody('{"n":9007199254740993}'), parseBody('{"n":9007199254740992}')),
  ).toHaveLength(1)
})

test('does not take inherited names for members', () => {
  expect(findDifferences({}, parseBody('{"toString":1,"__proto__":2}'))).toMatchObject([
    { pointer: '/toString', kind: 'added' },
    { pointer: '/__proto__', kind: 'added' },
  ])
})

test('does not tell null from another value that is no object by anything but its text', () => {
  expect(findDifferences({ a: null }, { a: false })).toMatchObject([
    { pointer: '/a', kind: 'changed', recorded: null, sent: false },
  ])
})

test.each([
  [{ a: 1 }, { a: 2 }, 1],
  [{ a: { b: 1, c: 2 } }, {}, 3],
  [{}, { list: ['a', 'b', 'c'] }, 4],
  [{ a: 'x' }, { a: { b: 1 } }, 2],
  [{ a: 1, b: 1 }, { a: 2, b: 2 }, 2],
])('measures from %j to %j a distance of %i', (recorded, sent, distance) => {
  expect(measureDistance(findDifferences(recorded, sent))).toBe(distance)
})
