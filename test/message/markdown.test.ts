import { expect, test } from 'vitest'

import {
  cutText,
  escapeMarkdown,
  formatMarkdownCode,
  formatMarkdownTable,
} from '../../src/message/index.ts'

test.each([
  'an ordinary sentence, with (some) signs; 50 % of them.',
  'InvalidParameterException',
  "that day's request",
  'x ',
])('leaves plain text as it is: %j', (text) => {
  expect(escapeMarkdown(text)).toBe(text)
})

test.each([
  ['<b>', '`<b>`'],
  ['@team', '`@team`'],
  ['ask @team', '`ask @team`'],
  ['**bold**', '`**bold**`'],
  ['[a](b)', '`[a](b)`'],
  ['# heading', '`# heading`'],
  ['see www.example.com', '`see www.example.com`'],
  ['see GH-12', '`see GH-12`'],
  ['commit deadbeef', '`commit deadbeef`'],
  ['1. item', '`1. item`'],
  ['12) item', '`12) item`'],
  ['a|b', '`a\\u007cb`'],
  ['a\n\n- b\tc', '`a\\n\\n- b\\tc`'],
  ['\u202egnp.exe', '`\\u202egnp.exe`'],
  ['`', '`` ` ``'],
  ['a ``` b', '```` a ``` b ````'],
  [' ', '` `'],
  ['', ''],
])('makes code of text that has a meaning: %j', (text, escaped) => {
  expect(escapeMarkdown(text)).toBe(escaped)
})

test('makes code of plain text where code is wanted', () => {
  expect(formatMarkdownCode('plain')).toBe('`plain`')
})

test('cuts text before it is escaped', () => {
  expect(escapeMarkdown('|'.repeat(9), 3)).toBe('`\\u007c\\u007c…`')
  expect(formatMarkdownCode('abcd', 3)).toBe('`ab…`')
  expect(escapeMarkdown('abc', 3)).toBe('abc')
})

test('does not split a surrogate pair', () => {
  expect(cutText('a🚀b', 3)).toBe('a…')
  expect(cutText('a🚀b', 4)).toBe('a🚀b')
})

test('formats a table', () => {
  expect(formatMarkdownTable(['a', ''], [[1, '`x`']])).toBe('| a |  |\n| --- | --- |\n| 1 | `x` |')
})
