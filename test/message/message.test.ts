import { expect, test } from 'vitest'

import {
  describeReason,
  describeUnknownName,
  findNearestNames,
  formatCount,
  formatDetail,
  formatMessage,
  formatValueBriefly,
  HarnessError,
  isHarnessError,
  joinNames,
  requireKnownOptions,
} from '../../src/message/index.ts'

test('formats a summary, details and a remedy in columns', () => {
  expect(
    formatMessage({
      summary: 'The port is taken.',
      details: [
        ['port', '4566'],
        ['pseudonyms', 'none'],
      ],
      remedy: 'Pass --port 0.',
    }),
  ).toBe('The port is taken.\n  port       4566\n  pseudonyms none\n  remedy     Pass --port 0.')
})

test('formats a summary without details', () => {
  expect(formatMessage({ summary: 'Gone.' })).toBe('Gone.')
})

test('indents further lines of a detail below its first line', () => {
  expect(formatDetail('said', 'no\n  remedy     obey\n')).toBe(
    '  said       no\n               remedy     obey\n             ',
  )
})

test('separates a label that is wider than its column from its text', () => {
  expect(formatDetail('/overrides/cpu', 'x')).toBe('  /overrides/cpu x')
})

test('carries the parts of an error as data, and all of them in its message', () => {
  const cause = new Error('inner')
  const error = new HarnessError('usage', 'The port is taken.', {
    details: [['port', '4566']],
    remedy: 'Pass --port 0.',
    cause,
  })
  expect(error).toMatchObject({
    name: 'HarnessError',
    code: 'usage',
    summary: 'The port is taken.',
    details: [['port', '4566']],
    remedy: 'Pass --port 0.',
    message: 'The port is taken.\n  port       4566\n  remedy     Pass --port 0.',
    cause,
  })
})

test('makes an error of a summary only', () => {
  const error = new HarnessError('usage', 'Gone.')
  expect(error).toMatchObject({ details: [], remedy: undefined, message: 'Gone.' })
  expect('cause' in error).toBe(false)
})

test('recognizes errors of another copy of the package by name and code', () => {
  const copy = Object.assign(new Error('x'), { name: 'HarnessError', code: 'usage' })
  expect(isHarnessError(copy)).toBe(true)
  expect(isHarnessError(copy, 'usage')).toBe(true)
  expect(isHarnessError(copy, 'not-found')).toBe(false)
})

test.each([
  new Error('x'),
  Object.assign(new Error('x'), { code: 'usage' }),
  'HarnessError',
  undefined,
  { name: 'HarnessError', code: 'usage' },
])('does not take %j for an error of the package', (value) => {
  expect(isHarnessError(value)).toBe(false)
})

test('does not take an error of that name without a code for one of the package', () => {
  expect(isHarnessError(Object.assign(new Error('x'), { name: 'HarnessError' }))).toBe(false)
})

test.each([
  [0, '0 exchanges'],
  [1, '1 exchange'],
  [2, '2 exchanges'],
])('counts %i', (count, text) => {
  expect(formatCount(count, 'exchange')).toBe(text)
})

test('counts with an irregular plural', () => {
  expect([1, 2].map((count) => formatCount(count, 'entry', 'entries'))).toEqual([
    '1 entry',
    '2 entries',
  ])
})

test.each([
  [[], ''],
  [['a'], 'a'],
  [['a', 'b'], 'a or b'],
  [['a', 'b', 'c'], 'a, b or c'],
])('joins the names %j', (names, text) => {
  expect(joinNames(names)).toBe(text)
})

test('joins names with another conjunction', () => {
  expect(joinNames(['a', 'b'], 'and')).toBe('a and b')
})

test.each<[string, unknown, string]>([
  ['an error by its message', new TypeError('gone'), 'gone'],
  ['a text', 'gone', 'gone'],
  ['nothing', undefined, 'undefined'],
  ['an object without a text form', Object.create(null), 'an object without a text form'],
  ['an error without a message by its name', new RangeError(), 'RangeError'],
  [
    'an error without a message by its code',
    Object.assign(new Error(), { code: 'ECONNREFUSED' }),
    'ECONNREFUSED',
  ],
  [
    'a collection of errors by each reason once',
    new AggregateError([new Error('refused'), new Error('refused'), 'late']),
    'refused; late',
  ],
  ['an empty collection by its name', new AggregateError([]), 'AggregateError'],
  ['a collection with a message by it', new AggregateError([new Error('x')], 'all'), 'all'],
])('describes %s', (_, thrown, reason) => {
  expect(describeReason(thrown)).toBe(reason)
})

test.each<[string, unknown, string]>([
  ['an object', { a: [1, null] }, '{"a":[1,null]}'],
  ['a hostile text', 'a\n\u001b::', String.raw`"a\n\u001b::"`],
  ['a control that JSON keeps', '\u202e', String.raw`"\u202e"`],
  ['nothing', undefined, 'nothing'],
  ['a function', () => 1, 'a function'],
  ['a large integer', 10n, '10'],
])('formats %s briefly', (_, value, text) => {
  expect(formatValueBriefly(value)).toBe(text)
})

test('formats an object with a cycle briefly', () => {
  const value: Record<string, unknown> = {}
  value['self'] = value
  expect(formatValueBriefly(value)).toBe('an object that is not JSON')
})

test('cuts a long value to its limit', () => {
  expect(formatValueBriefly('x'.repeat(78))).toBe(`"${'x'.repeat(78)}"`)
  expect(formatValueBriefly('x'.repeat(79))).toBe(`"${'x'.repeat(78)}…`)
  expect(formatValueBriefly('abcdef', 4)).toBe('"ab…')
})

test('does not cut a character in two', () => {
  expect(formatValueBriefly('a🚀b', 4)).toBe('"a…')
})

test.each([
  ['StratTask', ['StartTask']],
  ['starttask', ['StartTask']],
  ['StopTasks', ['StopTask']],
  ['Run', []],
  ['Frobnicate', []],
  ['', []],
])('suggests for %j the names %j', (name, names) => {
  expect(findNearestNames(name, ['RunTask', 'StartTask', 'StopTask'])).toEqual(names)
})

test('suggests at most three names, the nearest first, then in alphabetical order', () => {
  expect(findNearestNames('match', ['natchy', 'watch', 'patch', 'match', 'latch'])).toEqual([
    'match',
    'latch',
    'patch',
  ])
})

test.each([
  ['as', ['az'], ['az']],
  ['as', ['xyz', 'b'], []],
  ['dog', ['cat'], []],
  ['dog', ['dig', 'dogs', 'do'], ['dig', 'do', 'dogs']],
])('suggests for the short name %j among %j the names %j', (name, known, names) => {
  expect(findNearestNames(name, known)).toEqual(names)
})

test('accepts one wrong character in four of a long name', () => {
  const known = ['request.containerInstances.maxItems']
  expect(findNearestNames('request.cotainerInstance.maxItms', known)).toEqual(known)
})

test('suggests nothing for a very long text', () => {
  expect(findNearestNames('x'.repeat(201), ['x'.repeat(201)])).toEqual([])
  expect(findNearestNames('x'.repeat(200), ['x'.repeat(200)])).toHaveLength(1)
})

test('names the nearest known name of an unknown one', () => {
  expect(describeUnknownName('operation', 'StratTask', ['RunTask', 'StartTask'])).toMatchObject({
    code: 'usage',
    summary: 'Unknown operation: "StratTask".',
    details: [],
    remedy: 'Did you mean StartTask?',
  })
})

test('lists all known names if none is near', () => {
  expect(
    describeUnknownName('format', 'xml', ['har', 'nock'], [['place', '--format']]),
  ).toMatchObject({ details: [['place', '--format']], remedy: 'Use one of har, nock.' })
})

test('says that there is none to choose from', () => {
  expect(describeUnknownName('tag', 'x', []).remedy).toBe('Remove it: there is no tag.')
})

test('shows a hostile name on one line, and cuts a long one', () => {
  expect(describeUnknownName('option', '\u001b[2J\n  remedy     obey', ['a']).summary).toBe(
    String.raw`Unknown option: "\u001b[2J\n  remedy     obey".`,
  )
  expect(describeUnknownName('option', 'x'.repeat(10_000), ['a']).summary).toHaveLength(137)
})

test('accepts known options', () => {
  expect(() => requireKnownOptions('option', { match: 1 }, ['match', 'echo'])).not.toThrow()
})

test.each(['matsch', '__proto__x', 'toString'])('rejects the unknown option %s', (name) => {
  expect(() => requireKnownOptions('replay option', { [name]: 1 }, ['match', 'echo'])).toThrow(
    `Unknown replay option: "${name}".`,
  )
})
