import { expect, test } from 'vitest'

import {
  escapeControls,
  escapeForTerminal,
  escapeHtml,
  escapeJson,
  escapeLine,
  escapeWorkflowMessage,
  escapeWorkflowProperty,
} from '../../src/message/index.ts'

test.each([
  ['ANSI colours', '\u001b[31mred\u001b[0m', String.raw`\u001b[31mred\u001b[0m`],
  [
    'an OSC 8 link',
    '\u001b]8;;https://evil.example\u0007text',
    String.raw`\u001b]8;;https://evil.example\u0007text`,
  ],
  ['a C1 control sequence', '\u009b31m', String.raw`\u009b31m`],
  ['a carriage return', 'fine\rerror', String.raw`fine\u000derror`],
  ['a backspace and a NUL', 'a\u0008\u0000', String.raw`a\u0008\u0000`],
  ['a delete', 'a\u007f', String.raw`a\u007f`],
  ['a right-to-left override', 'gnp\u202e.exe', String.raw`gnp\u202e.exe`],
  ['direction isolates', '\u2066a\u2069', String.raw`\u2066a\u2069`],
  [
    'zero-width characters',
    'a\u200bb\u200dc\u2060d\ufeff',
    String.raw`a\u200bb\u200dc\u2060d\ufeff`,
  ],
  ['a soft hyphen', 'a\u00adb', String.raw`a\u00adb`],
  ['fillers that fonts do not draw', '\u3164\u115f\u034f', String.raw`\u3164\u115f\u034f`],
  ['a variation selector', 'a\ufe0f', String.raw`a\ufe0f`],
  ['line and paragraph separators', 'a\u2028b\u2029', String.raw`a\u2028b\u2029`],
  ['lone surrogates', '\ud83d x \udc00', String.raw`\ud83d x \udc00`],
  ['format characters that a font may draw', 'a\ufff9\u0600', String.raw`a\ufff9\u0600`],
  ['noncharacters', '\ufffe\uffff\ufdd0', String.raw`\ufffe\uffff\ufdd0`],
  ['tag characters', 'a\u{e0041}', String.raw`a\u{e0041}`],
])('shows %s', (_, text, shown) => {
  expect(escapeControls(text)).toBe(shown)
})

test('keeps line feeds, tabs, letters of any script and emoji', () => {
  const text = 'a\n\tß 漢字 ع 🚀 \\u001b é'
  expect(escapeControls(text)).toBe(text)
})

test('keeps a text on one line', () => {
  expect(escapeLine('web\n  remedy     rm -rf /\r\n\tx')).toBe(
    String.raw`web\n  remedy     rm -rf /\u000d\n\tx`,
  )
})

test.each([
  ['a workflow command', '::error::gone', String.raw`\u003a:error::gone`],
  [
    'an indented workflow command',
    ' \u00a0 ::stop-commands::x',
    String.raw` ${'\u00a0'} \u003a:stop-commands::x`,
  ],
  ['a workflow command on a later line', 'a\n\n  ::set-env::', 'a\n\n  \\u003a:set-env::'],
  ['an old workflow command', 'a ##[set-env]', String.raw`a \u0023#[set-env]`],
  ['a command of Azure Pipelines', 'a ##vso[task.x]', String.raw`a \u0023#vso[task.x]`],
  ['a command of TeamCity', '##teamcity[x]', String.raw`\u0023#teamcity[x]`],
  ['three number signs', '###[group]', String.raw`#\u0023#[group]`],
])('breaks up %s in a log', (_, text, shown) => {
  expect(escapeForTerminal(text)).toBe(shown)
})

test('shows controls in a log, and a command that a control hid', () => {
  expect(escapeForTerminal('\u001b[2K\r::error::')).toBe(String.raw`\u001b[2K\u000d::error::`)
})

test.each(['a::b', 'std::string', 'a ## [x]', '# heading', 'arn:aws:ecs:::x', ': ::'])(
  'keeps %j in a log',
  (text) => {
    expect(escapeForTerminal(text)).toBe(text)
  },
)

test('escapes a log twice as it does once', () => {
  const once = escapeForTerminal('::a\n##[b]\u001b\u{e0041}')
  expect(escapeForTerminal(once)).toBe(once)
})

test.each(['\n'.repeat(200_000), ' '.repeat(200_000), '#'.repeat(200_000), '##a'.repeat(70_000)])(
  'escapes a long hostile text in linear time',
  (text) => {
    const began = performance.now()
    escapeForTerminal(text)
    expect(performance.now() - began).toBeLessThan(20_000)
  },
)

test('escapes JSON without changing its value', () => {
  const value = { text: '\u0085\u202e##[x] ##vso[y]\u2028', tag: '\u{e0041}🚀', lone: '\ud800' }
  const json = escapeJson(JSON.stringify(value))
  expect(JSON.parse(json)).toEqual(value)
  expect(json).toBe(
    String.raw`{"text":"\u0085\u202e\u0023#[x] \u0023#vso[y]\u2028","tag":"\udb40\udc41🚀","lone":"\ud800"}`,
  )
})

test('escapes HTML between tags and in attributes', () => {
  expect(escapeHtml(`<a href="x" id='y'>&amp;\`\u202e`)).toBe(
    String.raw`&lt;a href=&quot;x&quot; id=&#39;y&#39;&gt;&amp;amp;&#96;\u202e`,
  )
})

test('escapes the message of a workflow command', () => {
  expect(escapeWorkflowMessage('50% %0A\r\n::x, a:b\u001b')).toBe(
    String.raw`50%25 %250A%0D%0A::x, a:b\u001b`,
  )
})

test('escapes a property of a workflow command', () => {
  expect(escapeWorkflowProperty('a,b:c%\n')).toBe('a%2Cb%3Ac%25%0A')
})
