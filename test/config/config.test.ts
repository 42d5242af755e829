import { expect, test } from 'vitest'

import type { Finding } from '../../src/contract/index.ts'
import {
  applySeverity,
  FILE_RULES,
  KNOWN_RULES,
  EMPTY_CONFIG,
  parseConfig,
} from '../../src/config/index.ts'

const COMPLETE = {
  $schema: './contracts/config.schema.json',
  match: { ignore: ['/startedBy'], loosen: ['/group'] },
  redact: ['/overrides/containerOverrides/*/environment/*/value'],
  keep: ['/tags/0/value', '/a~1b/~0'],
  severity: { 'request.startedBy.pattern': 'warning', 'file.not-json': 'off' },
  provider: { departures: ['request.unknownMember'] },
  coverage: { outcomes: 100, members: 12.5 },
}

test('reads every member of a configuration file', () => {
  expect(parseConfig(JSON.stringify(COMPLETE))).toEqual({
    match: { ignore: ['/startedBy'], loosen: ['/group'] },
    redact: ['/overrides/containerOverrides/*/environment/*/value'],
    keep: ['/tags/0/value', '/a~1b/~0'],
    severity: { 'request.startedBy.pattern': 'warning', 'file.not-json': 'off' },
    provider: { departures: ['request.unknownMember'], mismatches: [] },
    coverage: new Map([
      ['outcomes', 100],
      ['members', 12.5],
    ]),
  })
})

test.each(['{}', '\ufeff{}\r\n'])('reads %j as an empty configuration', (text) => {
  expect(parseConfig(text)).toEqual(EMPTY_CONFIG)
})

test.each([
  {
    recordings: 'recordings',
    upstream: 'https://ecs.eu-central-1.amazonaws.com',
    operations: 'all',
  },
  { recordings: ['a', 'b'], operations: ['StartTask', 'DescribeTasks'] },
])('accepts the members that are documented and not used yet: %j', (members) => {
  expect(parseConfig(JSON.stringify(members))).toEqual(EMPTY_CONFIG)
})

/** Each with what its error says: fact, place, remedy. */
const REFUSED: [what: string, text: string, ...says: string[]][] = [
  ['nothing', ' \n', 'is empty', 'team.json', 'Write {}'],
  [
    'text that is no JSON',
    '{"severity":',
    'is not JSON',
    'team.json',
    'contracts/config.schema.json',
  ],
  [
    'more than 1 MiB',
    JSON.stringify({ $schema: 'x'.repeat(1024 * 1024) }),
    'more than 1048576',
    'team.json',
  ],
  ['nesting without an end', '['.repeat(1_000_000), 'deeper than 100 levels', 'team.json'],
  ['an array', '[]', 'wrong type: []', 'team.json', 'Write an object.'],
  [
    'an unknown member',
    '{"severty":{}}',
    'an unknown member: "severty"',
    'team.json at /severty',
    'match, redact, keep, severity, provider or coverage.',
  ],
  ['a prototype', '{"__proto__":{}}', 'an unknown member: "__proto__"', 'team.json at /__proto__'],
  [
    'an unknown member below',
    '{"match":{"ignored/":[]}}',
    '"ignored/"',
    'team.json at /match/ignored~1',
    'use ignore or loosen.',
  ],
  [
    'pointers that are no array',
    '{"redact":"/a"}',
    'wrong type: "/a"',
    'team.json at /redact',
    'Write an array.',
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
    'Write error, warning, info or off.',
  ],
  ['no recordings', '{"recordings":[]}', 'out of bounds: []', 'team.json at /recordings'],
  ['a number of operations', '{"operations":1}', 'wrong type: 1', 'team.json at /operations'],
  [
    'an unknown word for operations',
    '{"operations":"StartTask"}',
    'unknown value: "StartTask"',
    'team.json at /operations',
    'Write all.',
  ],
  [
    'an upstream without a scheme',
    '{"upstream":"ecs.eu-central-1.amazonaws.com"}',
    'instead of a URL',
    'team.json at /upstream',
    'https://',
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
  const error = catchError(() => parseConfig(text, 'team.json'))
  expect(error).toMatchObject({ name: 'HarnessError', code: 'usage' })
  for (const said of says) expect(String(error)).toContain(said)
})

test.each([
  ['a misspelt rule', 'request.startdBy.maxlength', 'request.startedBy.maxLength'],
  ['a rule of a file', 'file.notjson', 'file.not-json'],
])('suggests the nearest ids for %s', (_what, id, nearest) => {
  const error = catchError(() =>
    parseConfig(JSON.stringify({ severity: { [id]: 'off' } }), 'team.json'),
  )
  expect(error).toMatchObject({ code: 'usage' })
  expect(String(error)).toContain(`a rule that the contract does not have: "${id}"`)
  expect(String(error)).toContain(`team.json at /severity/${id}`)
  expect(String(error)).toMatch(new RegExp(`Did you mean .*${nearest.replaceAll('.', '\\.')}`))
})

test.each(['x', '__proto__', 'constructor', 'y'.repeat(100_000)])(
  'suggests nothing for an id that is near to none',
  (id) => {
    const error = catchError(() => parseConfig(`{"severity":{"${id}":"off"}}`))
    expect(error).toMatchObject({ code: 'usage' })
    expect(String(error)).not.toContain('Did you mean')
    expect(String(error).length).toBeLessThan(id.length + 1000)
  },
)

test('refuses a departure that no rule has', () => {
  const error = catchError(() =>
    parseConfig(
      '{"provider":{"departures":["request.unknownMember","request.unknownMembr"]}}',
      'team.json',
    ),
  )
  expect(String(error)).toContain('team.json at /provider/departures/1')
  expect(String(error)).toContain('Did you mean request.unknownMember')
})

test('accepts only the ids of the rules that it is given', () => {
  expect(
    parseConfig('{"severity":{"a.b":"off"}}', 'team.json', new Set(['a.b'])).severity['a.b'],
  ).toBe('off')
  expect(() =>
    parseConfig('{"severity":{"request.unknownMember":"off"}}', 'team.json', new Set(['a.b'])),
  ).toThrow('does not have')
})

test('knows the rules about files in addition to those of the contract', () => {
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

test('gives findings the severity of the configuration and drops those of rules that are off', () => {
  const config = parseConfig(
    '{"severity":{"a":"warning","b":"off"}}',
    'team.json',
    new Set(['a', 'b']),
  )
  const findings = [find('a', 'error'), find('b', 'error'), find('c', 'info'), find('a', 'info')]
  expect(applySeverity(findings, config)).toEqual([
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
