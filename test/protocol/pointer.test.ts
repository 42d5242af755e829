import { expect, test } from 'vitest'
import { formatPointer, isPointerBelow, parsePointer } from '../../src/protocol/index.ts'

test.each([
  [[], ''],
  [[''], '/'],
  [['a', 0, 'b'], '/a/0/b'],
  [['a/b', 'm~n', '~1'], '/a~1b/m~0n/~01'],
] as const)('writes %j as %j', (segments, pointer) => {
  expect(formatPointer(segments)).toBe(pointer)
})

test.each([[[]], [['']], [['a/b', 'm~n', '~1', '~01', '//']]])('reads back what it wrote of %j', (segments) => {
  expect(parsePointer(formatPointer(segments))).toEqual(segments)
})

test.each(['a', '#/a', '/a~', '/a~2b', ' /a'])('does not take %j for a pointer', (text) => {
  expect(parsePointer(text)).toBeUndefined()
})

test('finds a pointer at and below a pattern', () => {
  expect(isPointerBelow(['a', 'b'], ['a', 'b'])).toBe(true)
  expect(isPointerBelow(['a', 'b', 'c'], ['a', 'b'])).toBe(true)
})

test('does not find a pointer above or beside a pattern', () => {
  expect(isPointerBelow(['a'], ['a', 'b'])).toBe(false)
  expect(isPointerBelow(['a', 'bc'], ['a', 'b'])).toBe(false)
})

test('takes * in a pattern for any one segment', () => {
  expect(isPointerBelow(['tags', '3', 'value'], ['tags', '*', 'value'])).toBe(true)
  expect(isPointerBelow(['tags', 'value'], ['tags', '*', 'value'])).toBe(false)
})
