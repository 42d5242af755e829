import { expect, test } from 'vitest'

import type { Finding } from '../../src/contract/index.ts'
import {
  applyRules,
  FILE_RULES,
  KNOWN_RULES,
  NO_RULES,
  parseRules,
} from '../../src/config/index.ts'

const WHOLE = {
  $schema: './contracts/rules.schema.json',
  match: { ignore: ['/startedBy'], loosen: ['/group'] },
  redact: ['/overrides/containerOverrides/*/environment/*/value'],
  keep: ['/tags/0/value', '/a~1b/~0'],
  severity: { 'request.startedBy.pattern': 'warning', 'file.not-json': 'off' },
  provider: { departures: ['request.unknownMember'] },
  coverage: { outcomes: 100, members: 12.5 },
}

test('reads every member of a rules file', () => {
  expect(parseRules(JSON.stringify(WHOLE))).toEqual({
    match: { ignore: ['/startedBy'], loosen: ['/group'] },
    redact: ['/overrides/containerOverrides/*/environment/*/value'],
    keep: ['/tags/0/value', '/a~1b/~0'],
    severity: new Map([
      ['request.startedBy.pattern', 'warning'],
      ['file.not-json', 'off'],
    ]),
    provider: { departures: ['request.unknownMember'], mismatches: [] },
    coverage: new Map([
      ['outcomes', 100],
      ['members', 12.5],
    ]),
  })
})

test.each(['{}', '\ufeff{}\r\n'])('reads %j as no rules', (text) => {
  expect(parseRules(text)).toEqual(NO_RULES)
})

/** Each with what its error says: fact, place, remedy. */
const REFUSED: [what: string, text: string, ...says: string[]][] = [
  ['nothing', ' \n', 'is empty', 'team.json', 'write {}'],
  [
    'text that is no JSON',
    '{"severity":',
    'is not JSON',
    'team.json',
    'contracts/rules.schema.json',
  ],
  [
    'more than 1 MiB',
    JSON.stringify({ $schema: 'x'.repeat(1024 * 1024) }),
    'more than 1048576',
    'team.json',
  ],
  ['nesting without an end', '['.repeat(1_000_000), 'deeper than 100 levels', 'team.json'],
  ['an array', '[]', 'wrong type: []', 'team.json', 'write an object'],
  [
    'an unknown member',
    '{"severty":{}}',
    'a member that none has: "severty"',
    'team.json at /severty',
    'match, redact, keep, severity',
  ],
  [
    'a prototype',
    '{"__proto__":{}}',
    'a member that none has: "__proto__"',
    'team.json at /__proto__',
  ],
  [
    'an unknown member below',
    '{"match":{"ignored/":[]}}',
    '"ignored/"',
    'team.json at /match/ignored~1',
    'use ignore',
  ],
  [
    'pointers that are no array',
    '{"redact":"/a"}',
    'wrong type: "/a"',
    'team.json at /redact',
    'write an array',
  ],
  [
    'a text that is no pointer',
    '{"match":{"ignore":["startedBy"]}}',
    '"startedBy"',
    'team.json at /match/ignore/0',
    'JSON Pointer',
  ],
  ['a broken escape', '{"keep":["/a~2"]}', '"/a~2"', 'team.json at /keep/0', 'JSON Pointer'],
  [
    'an unknown severity',
    '{"severity":{"request.unknownMember":"fatal"}}',
    '"fatal"',
    'at /severity/request.unknownMember',
    'error, warning, info or off',
  ],
  [
    'a share above all',
    '{"coverage":{"members":101}}',
    'out of bounds: 101',
    'team.json at /coverage/members',
    '<= 100',
  ],
  [
    'a number beyond doubles',
    '{"coverage":{"members":1e999}}',
    '1e999',
    'team.json at /coverage/members',
  ],
]

test.each(REFUSED)('refuses %s and says what to do', (_what, text, ...says) => {
  const error = catchError(() => parseRules(text, 'team.json'))
  expect(error).toMatchObject({ name: 'HarnessError', code: 'usage' })
  for (const said of says) expect(String(error)).toContain(said)
})

test.each([
  ['a misspelt rule', 'request.startdBy.maxlength', 'request.startedBy.maxLength'],
  ['a rule of a file', 'file.notjson', 'file.not-json'],
])('suggests the nearest ids for %s', (_what, id, nearest) => {
  const error = catchError(() =>
    parseRules(JSON.stringify({ severity: { [id]: 'off' } }), 'team.json'),
  )
  expect(error).toMatchObject({ code: 'usage' })
  expect(String(error)).toContain(`a rule that the contract does not have: "${id}"`)
  expect(String(error)).toContain(`team.json at /severity/${id}`)
  expect(String(error)).toMatch(new RegExp(`did you mean .*${nearest.replaceAll('.', '\\.')}`))
})

test.each(['x', '__proto__', 'constructor', 'y'.repeat(100_000)])(
  'suggests nothing for an id that is near to none',
  (id) => {
    const error = catchError(() => parseRules(`{"severity":{"${id}":"off"}}`))
    expect(error).toMatchObject({ code: 'usage' })
    expect(String(error)).not.toContain('did you mean')
    expect(String(error).length).toBeLessThan(id.length + 1000)
  },
)

test('refuses a departure that no rule has', () => {
  const error = catchError(() =>
    parseRules(
      '{"provider":{"departures":["request.unknownMember","request.unknownMembr"]}}',
      'team.json',
    ),
  )
  expect(String(error)).toContain('team.json at /provider/departures/1')
  expect(String(error)).toContain('did you mean request.unknownMember')
})

test('knows the rules that it is handed and no others', () => {
  expect(
    parseRules('{"severity":{"a.b":"off"}}', 'team.json', new Set(['a.b'])).severity.get('a.b'),
  ).toBe('off')
  expect(() =>
    parseRules('{"severity":{"request.unknownMember":"off"}}', 'team.json', new Set(['a.b'])),
  ).toThrow('does not have')
})

test('knows the rules about files beside those of the contract', () => {
  expect([...FILE_RULES].filter((id) => !KNOWN_RULES.has(id))).toEqual([])
  expect(KNOWN_RULES.size).toBeGreaterThan(FILE_RULES.length + 100)
})

const find = (rule: string, severity: Finding['severity']): Finding => ({
  pointer: '',
  rule,
  severity,
  message: 'm',
  source: 's',
})

test('gives findings the severity of the rules, drops what is off, and keeps the rest', () => {
  const rules = parseRules(
    '{"severity":{"a":"warning","b":"off"}}',
    'team.json',
    new Set(['a', 'b']),
  )
  const findings = [find('a', 'error'), find('b', 'error'), find('c', 'info'), find('a', 'info')]
  expect(applyRules(findings, rules)).toEqual([
    find('a', 'warning'),
    find('c', 'info'),
    find('a', 'warning'),
  ])
  expect(findings[0]).toEqual(find('a', 'error'))
})

function catchError(act: () => unknown): unknown {
  try {
    act()
  } catch (error) {
    return error
  }
  return undefined
}
