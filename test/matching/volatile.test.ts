import { assert, constant, date, nat, oneof, property, record, tuple, uuid } from 'fast-check'
import { expect, test } from 'vitest'

import { identifyRequest, proposeIgnores } from '../../src/matching/index.ts'

const BASE = { cluster: 'prod', taskDefinition: 'web:3', containerInstances: ['ci-1'] }
const ONE = '4c543eed-f83f-47da-b1d8-3d23f1da4c64'
const OTHER = '9a1b2c3d-0000-4bcd-8def-0123456789ab'

function run(command: string[]) {
  return { ...BASE, overrides: { containerOverrides: [{ name: 'web', command }] } }
}

test('proposes nothing where nothing differs', () => {
  expect(proposeIgnores([{ ...BASE, startedBy: ONE }], [{ ...BASE, startedBy: ONE }])).toEqual([])
})

test('proposes nothing of no requests', () => {
  expect(proposeIgnores([], [])).toEqual([])
  expect(proposeIgnores([BASE], [])).toEqual([])
})

const KINDS: [kind: string, one: string, other: string][] = [
  ['uuid', ONE, OTHER],
  ['uuid', `run-${ONE}`, `run-${OTHER}`],
  ['uuid', ONE.toUpperCase(), OTHER],
  ['time', '2026-11-24T03:16:14Z', '2026-11-25T04:00:59Z'],
  ['time', '2026-11-24T03:16:14.123+01:00', '2026-11-25T04:00:59.5+01:00'],
  ['time', '2026-11-24', '2026-11-25'],
  ['time', 'at 03:16:14', 'at 04:00:59'],
  ['time', '20261124T031614Z', '20261125T040059Z'],
  ['time', 'nightly/20261124', 'nightly/20261125'],
  ['time', '1790000000', '1790000001'],
  ['time', '1790000000123', '1790000001456'],
  ['hex id', '5f3c9a1', '90bd77e'],
  [
    'hex id',
    'sha-da39a3ee5e6b4b0d3255bfef95601890afd80709',
    'sha-adc83b19e793491b1c6ea0fd8b46cd9f32e592fc',
  ],
  ['hex id', '12345678', 'a2345678'],
  ['number', 'build 41', 'build 42'],
  ['number', 'build 99', 'build 100'],
  ['number', '1790000000', '41'],
  ['other', 'alice', 'bob'],
  ['other', 'build 41 of main', 'build 42 of next'],
  ['other', ONE, 'me'],
  ['other', `b1 ${ONE}`, 'b2 2026-11-24'],
  ['other', 'x7Fq92kdLm', 'Pq03mZZ1ab'],
]

test.each(KINDS)('sees a value of the kind %s: %s, %s', (kind, one, other) => {
  expect(proposeIgnores([{ ...BASE, startedBy: one }], [{ ...BASE, startedBy: other }])).toEqual([
    { pointer: '/startedBy', kind, seen: 1, of: 1 },
  ])
})

test('finds places at any depth', () => {
  const request = (id: string, at: string, number: string) => ({
    ...run(['--id', id]),
    referenceId: number,
    tags: [
      { key: 'team', value: 'web' },
      { key: 'at', value: at },
    ],
  })
  const before = [request(ONE, '2026-11-24', '1')]
  const after = [request(OTHER, '2026-11-25', '2')]
  expect(proposeIgnores(before, after).map(({ pointer, kind }) => `${pointer} ${kind}`)).toEqual([
    '/overrides/containerOverrides/0/command/1 uuid',
    '/referenceId number',
    '/tags/1/value time',
  ])
})

test('counts the pairs that have the place, and those that differ in it', () => {
  const before = [
    { ...BASE, startedBy: 'build 1' },
    { ...BASE, startedBy: 'build 2' },
    { ...BASE, startedBy: 'me' },
    BASE,
  ]
  const after = [
    { ...BASE, startedBy: 'build 7' },
    { ...BASE, startedBy: 'build 8' },
    { ...BASE, startedBy: 'me' },
    BASE,
  ]
  expect(proposeIgnores(before, after)).toEqual([
    { pointer: '/startedBy', kind: 'number', seen: 2, of: 3 },
  ])
})

test('gives the kind that most pairs show', () => {
  const asked = (...values: string[]) => values.map((startedBy) => ({ ...BASE, startedBy }))
  expect(proposeIgnores(asked(ONE, 'b1', 'b2'), asked(OTHER, 'b8', 'b9'))).toMatchObject([
    { kind: 'number', seen: 3 },
  ])
})

test('calls a place other when one pair says no more', () => {
  const asked = (...values: string[]) => values.map((startedBy) => ({ ...BASE, startedBy }))
  expect(proposeIgnores(asked(ONE, 'alice'), asked(OTHER, 'bob'))).toMatchObject([
    { kind: 'other', seen: 2 },
  ])
})

test('pairs requests that look alike, whatever their order', () => {
  const before = [run(['migrate', '--at', '2026-11-24']), run(['seed', ONE])]
  const after = [run(['seed', OTHER]), run(['migrate', '--at', '2026-11-25'])]
  expect(proposeIgnores(before, after)).toEqual([
    { pointer: '/overrides/containerOverrides/0/command/2', kind: 'time', seen: 1, of: 1 },
    { pointer: '/overrides/containerOverrides/0/command/1', kind: 'uuid', seen: 1, of: 2 },
  ])
})

test('pairs the closest requests if none has the same form', () => {
  const before = [run(['a', 'b', 'c', 'd'])]
  const after = [run(['q', 'r', 's', 't']), run(['a', 'b', 'c', 'x'])]
  expect(proposeIgnores(before, after)).toMatchObject([
    { pointer: '/overrides/containerOverrides/0/command/3' },
  ])
})

const DIFFERENT: [what: string, one: object, other: object][] = [
  ['the cluster', { cluster: ONE }, { cluster: OTHER }],
  ['the task definition', { taskDefinition: 'web:3' }, { taskDefinition: 'web:4' }],
  ['an instance', { containerInstances: [ONE] }, { containerInstances: [OTHER] }],
  ['a task', { task: ONE }, { task: OTHER }],
  ['a role', { overrides: { taskRoleArn: 'role-1' } }, { overrides: { taskRoleArn: 'role-2' } }],
  ['a size', { overrides: { cpu: '256' } }, { overrides: { cpu: '512' } }],
  [
    'a number',
    { overrides: { ephemeralStorage: { sizeInGiB: 21 } } },
    { overrides: { ephemeralStorage: { sizeInGiB: 22 } } },
  ],
  ['a flag', { enableECSManagedTags: true }, { enableECSManagedTags: false }],
  [
    'a subnet',
    { networkConfiguration: { s: ['subnet-1'] } },
    { networkConfiguration: { s: ['subnet-2'] } },
  ],
  [
    'a container',
    { overrides: { containerOverrides: [{ name: 'web1' }] } },
    { overrides: { containerOverrides: [{ name: 'web2' }] } },
  ],
  ['the key of a tag', { tags: [{ key: 'k1', value: '' }] }, { tags: [{ key: 'k2', value: '' }] }],
  ['a member', { startedBy: ONE }, { referenceId: ONE }],
  ['the length of a list', { tags: [] }, { tags: [{ key: 'k', value: ONE }] }],
  ['the kind of a value', { startedBy: '1' }, { startedBy: 2 }],
]

test.each(DIFFERENT)('proposes nothing from requests that differ in %s', (_what, one, other) => {
  expect(
    proposeIgnores(
      [{ ...BASE, referenceId: '1', ...one }],
      [{ ...BASE, referenceId: '2', ...other }],
    ),
  ).toEqual([])
})

test('never proposes values of an environment', () => {
  const asked = (value: string) => ({
    ...BASE,
    overrides: { containerOverrides: [{ name: 'web', environment: [{ name: 'ID', value }] }] },
  })
  expect(proposeIgnores([asked(ONE)], [asked(OTHER)])).toEqual([])
})

test('does not propose what is ignored already', () => {
  const asked = (id: string) => ({ ...BASE, startedBy: id, referenceId: id })
  expect(proposeIgnores([asked(ONE)], [asked(OTHER)], { ignore: ['/startedBy'] })).toMatchObject([
    { pointer: '/referenceId' },
  ])
})

test('proposes nothing from bodies that are no objects', () => {
  expect(proposeIgnores([null, 'a', 1, ['1']], [undefined, 'b', 2, ['2']])).toEqual([])
})

test('what it proposes makes the requests of a pair the same one', () => {
  const volatile = oneof(
    uuid(),
    nat().map(String),
    date({ noInvalidDate: true }).map((moment) => moment.toISOString()),
  )
  const asked = record({
    startedBy: volatile,
    tags: tuple(record({ key: constant('a/b~c'), value: volatile })),
    ['~/']: volatile,
  })
  assert(
    property(asked, asked, (one, other) => {
      const [before, after] = [
        { ...BASE, ...one },
        { ...BASE, ...other },
      ]
      const ignore = proposeIgnores([before], [after]).map(({ pointer }) => pointer)
      expect(identifyRequest('StartTask', before, { ignore }).key).toBe(
        identifyRequest('StartTask', after, { ignore }).key,
      )
    }),
  )
})

test('pairs a thousand requests in little time', () => {
  const asked = (id: string) =>
    Array.from({ length: 1000 }, (_, index) => ({
      ...BASE,
      startedBy: `${id}${String.fromCodePoint(0x4e00 + index)}`,
    }))
  const started = performance.now()
  expect(proposeIgnores(asked('x'), asked('y'))).toMatchObject([
    { pointer: '/startedBy', seen: 1000, of: 1000 },
  ])
  expect(performance.now() - started).toBeLessThan(5000)
})

test('reads a long text of almost ids in little time', () => {
  const started = performance.now()
  for (const part of ['0', 'a0', '2026-11-', '4c543eed-f83f-', 'f'.repeat(127), '20261124T'])
    proposeIgnores(
      [{ ...BASE, startedBy: part.repeat(10_000) }],
      [{ ...BASE, startedBy: `${part.repeat(10_000)}1` }],
    )
  expect(performance.now() - started).toBeLessThan(5000)
})
