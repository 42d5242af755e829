import { expect, test } from 'vitest'
import { createPointerTree, formatPointer, parsePointer } from '../../src/protocol/index.ts'

test.each([
  [[], ''],
  [[''], '/'],
  [['a', 0, 'b'], '/a/0/b'],
  [['a/b', 'm~n', '~1'], '/a~1b/m~0n/~01'],
] as const)('writes %j as %j', (segments, pointer) => {
  expect(formatPointer(segments)).toBe(pointer)
})

test.each([[[]], [['']], [['a/b', 'm~n', '~1', '~01', '//']]])(
  'reads back what it wrote of %j',
  (segments) => {
    expect(parsePointer(formatPointer(segments))).toEqual(segments)
  },
)

test.each(['a', '#/a', '/a~', '/a~2b', ' /a'])('does not take %j for a pointer', (text) => {
  expect(parsePointer(text)).toBeUndefined()
})

/** The marks of the place that the segments lead to. */
function readMarks(segments: readonly string[], ...lists: string[][][]): number {
  return segments.reduce((place, segment) => place.descend(segment), createPointerTree(...lists))
    .marks
}

test('marks a place at and below a pointer', () => {
  expect(readMarks(['a', 'b'], [['a', 'b']])).toBe(1)
  expect(readMarks(['a', 'b', 'c'], [['a', 'b']])).toBe(1)
})

test('does not mark a place above or beside a pointer', () => {
  expect(readMarks(['a'], [['a', 'b']])).toBe(0)
  expect(readMarks(['a', 'bc'], [['a', 'b']])).toBe(0)
})

test('takes * in a pointer for any one segment', () => {
  expect(readMarks(['tags', '3', 'value'], [['tags', '*', 'value']])).toBe(1)
  expect(readMarks(['tags', 'value'], [['tags', '*', 'value']])).toBe(0)
})

test('tells by which lists a place is marked, also where * and a name lead to it', () => {
  const lists = [[['tags', '*']], [['tags', '3', 'value']]]
  expect([readMarks(['tags', '3'], ...lists), readMarks(['tags', '3', 'value'], ...lists)]).toEqual(
    [1, 3],
  )
})
