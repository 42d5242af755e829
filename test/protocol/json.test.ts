import { expect, test } from 'vitest'
import { isHarnessError } from '../../src/message/index.ts'
import {
  formatCanonicalJson,
  isNumber,
  isObject,
  measureDepth,
  parseBody,
  sortMembers,
} from '../../src/protocol/index.ts'

function catchError(run: () => unknown): unknown {
  try {
    run()
    return undefined
  } catch (error) {
    return error
  }
}

test.each([
  '9007199254740993',
  '1e999',
  '0.12345678901234567890123',
  '-123456789012345678901234567890',
])('keeps the digits of %s', (digits) => {
  expect(JSON.stringify(parseBody(`{"n":${digits}}`))).toBe(`{"n":${digits}}`)
})

test.each(['1', '1.50', '1e3', '1E+21', '-0', '0.1', '1479765460.842'])(
  'reads %s, which a double holds, as a number',
  (digits) => {
    expect(typeof parseBody(digits)).toBe('number')
  },
)

test('takes a number kept by its digits for a number and no object', () => {
  const exact = parseBody('9007199254740993')
  expect([isNumber(exact), isObject(exact)]).toEqual([true, false])
})

test('reads a number of a million digits in little time', () => {
  const start = performance.now()
  parseBody(`[1${'0'.repeat(1_000_000)}1]`)
  expect(performance.now() - start).toBeLessThan(2_000)
})

test.each(['', ' \n', new Uint8Array()])('reads the empty body %j as undefined', (body) => {
  expect(parseBody(body)).toBeUndefined()
})

test('reads bytes as text', () => {
  expect(parseBody(new TextEncoder().encode('{"ä":"😀"}'))).toEqual({ ä: '😀' })
})

test('keeps a member named __proto__ as a member', () => {
  expect(Object.keys(Object(parseBody('{"__proto__":1}')))).toEqual(['__proto__'])
})

test('reads a body of exactly the greatest size', () => {
  expect(parseBody('[11]', 4)).toEqual([11])
})

test('refuses a body of one byte more', () => {
  expect(
    isHarnessError(
      catchError(() => parseBody('[111]', 4)),
      'too-large',
    ),
  ).toBe(true)
})

test('measures a text in bytes', () => {
  expect(
    isHarnessError(
      catchError(() => parseBody('"äää"', 6)),
      'too-large',
    ),
  ).toBe(true)
})

test('reads 100 levels', () => {
  expect(parseBody(`${'['.repeat(100)}${']'.repeat(100)}`)).toBeDefined()
})

test('refuses 101 levels', () => {
  expect(
    isHarnessError(
      catchError(() => parseBody(`${'['.repeat(101)}${']'.repeat(101)}`)),
      'too-deep',
    ),
  ).toBe(true)
})

test.each([
  ['[]', 1],
  ['1', 0],
  ['[[],{"a":[]}]', 3],
  [String.raw`["[[[\"[[["]`, 1],
  ['"[[[', 0],
])('measures %s as %d levels', (text, depth) => {
  expect(measureDepth(text)).toBe(depth)
})

test('refuses bytes that are no UTF-8', () => {
  expect(
    isHarnessError(
      catchError(() => parseBody(Uint8Array.of(0x22, 0xc3, 0x28, 0x22))),
      'not-json',
    ),
  ).toBe(true)
})

test.each(['{"password":"hunter2",}', '{"password":hunter2}', 'hunter2', '["hunter2"', '"hunter2'])(
  'never quotes %s in its error',
  (text) => {
    const error = catchError(() => parseBody(text))
    expect(isHarnessError(error, 'not-json')).toBe(true)
    expect(String(error)).not.toContain('hunter2')
  },
)

test('writes equal values as one text', () => {
  expect(formatCanonicalJson({ b: [1, null], a: { d: 'x', c: undefined } })).toBe(
    '{"a":{"d":"x"},"b":[1,null]}',
  )
})

test('sorts members by UTF-16 code unit', () => {
  expect(formatCanonicalJson({ '\u{1f600}': 1, '\ufb33': 2, a: 3, B: 4, '10': 5, '9': 6 })).toBe(
    '{"10":5,"9":6,"B":4,"a":3,"\u{1f600}":1,"\ufb33":2}',
  )
})

test.each([
  ['9007199254740993', '9007199254740993.0'],
  ['1.0', '1'],
  ['1e999', '10e998'],
  ['100', '1e2'],
])('writes %s and %s as one text', (left, right) => {
  expect(formatCanonicalJson(parseBody(left))).toBe(formatCanonicalJson(parseBody(right)))
})

test('tells neighbouring large numbers apart', () => {
  expect(formatCanonicalJson(parseBody('9007199254740993'))).not.toBe(
    formatCanonicalJson(parseBody('9007199254740992')),
  )
})

test('keeps the order of an array', () => {
  expect(formatCanonicalJson([2, 1])).toBe('[2,1]')
})

test('writes an undefined item as null', () => {
  expect(formatCanonicalJson([undefined])).toBe('[null]')
})

test('sorts the members of every object in a copy', () => {
  const value = { b: [{ d: 1, c: 2 }], a: 1 }
  expect(JSON.stringify(sortMembers(value))).toBe('{"a":1,"b":[{"c":2,"d":1}]}')
  expect(Object.keys(value)).toEqual(['b', 'a'])
})
