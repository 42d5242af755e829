import { expect, test } from 'vitest'
import { checkRequest } from '../../src/contract/index.ts'
import { parseBody } from '../../src/protocol/index.ts'

/** Says all that the page has a default for, so that nothing is noted. */
const sample = {
  cluster: 'default',
  containerInstances: ['4c543eed-f83f-47da-b1d8-3d23f1da4c64'],
  group: 'family:hello_world',
  propagateTags: 'NONE',
  taskDefinition: 'hello_world:6',
}

function rulesOf(body: unknown): string[] {
  return checkRequest(body).map((finding) => finding.rule)
}

function placesOf(body: unknown): [string, string][] {
  return checkRequest(body).flatMap(({ pointer, rule }) =>
    /default$|latestRevision$/.test(rule) ? [] : [[pointer, rule]],
  )
}

function makeTags(count: number): { key: string; value: string }[] {
  return Array.from({ length: count }, (_, index) => ({ key: `key-${index}`, value: '' }))
}

/** Overrides whose compact JSON has exactly so many characters. */
function makeOverrides(length: number, character = 'x'): object {
  const frame = JSON.stringify({ cpu: '' }).length
  return { cpu: character.repeat(length - frame) }
}

test('has no finding in a request that leaves nothing to a default', () => {
  expect(checkRequest(sample)).toEqual([])
})

test("notes the defaults that the page's sample request leaves open, and finds nothing else", () => {
  const { containerInstances } = sample
  const findings = checkRequest({ containerInstances, taskDefinition: 'hello_world' })
  expect(findings.map(({ pointer, rule, severity }) => [pointer, rule, severity])).toEqual([
    ['/taskDefinition', 'request.taskDefinition.latestRevision', 'info'],
    ['/cluster', 'request.cluster.default', 'info'],
    ['/group', 'request.group.default', 'info'],
    ['/propagateTags', 'request.propagateTags.default', 'info'],
  ])
})

test('takes the revision of an ARN as one', () => {
  const arn = 'arn:aws:ecs:us-east-1:012345678910:task-definition/hello_world'
  expect(rulesOf({ ...sample, taskDefinition: `${arn}:6` })).toEqual([])
  expect(rulesOf({ ...sample, taskDefinition: arn })).toEqual([
    'request.taskDefinition.latestRevision',
  ])
})

test('gives each caller notes of its own', () => {
  const [first] = checkRequest({ ...sample, cluster: undefined })
  Object.assign(first ?? {}, { message: 'changed' })
  expect(checkRequest({ ...sample, cluster: undefined })).not.toMatchObject([
    { message: 'changed' },
  ])
})

test('reports each required member at the pointer that it would have', () => {
  expect(placesOf({})).toEqual([
    ['/containerInstances', 'request.containerInstances.required'],
    ['/taskDefinition', 'request.taskDefinition.required'],
  ])
})

test('accepts 10 container instances, and notes none', () => {
  expect(
    rulesOf({ ...sample, containerInstances: Array.from({ length: 10 }, () => 'ci') }),
  ).toEqual([])
  expect(checkRequest({ ...sample, containerInstances: [] })).toMatchObject([
    { pointer: '/containerInstances', severity: 'info' },
  ])
})

test('refuses 11 container instances at the whole list', () => {
  expect(
    checkRequest({ ...sample, containerInstances: Array.from({ length: 11 }, () => 'ci') }),
  ).toEqual([
    {
      pointer: '/containerInstances',
      rule: 'request.containerInstances.maxItems',
      severity: 'error',
      message: 'containerInstances has 11 items; at most 10 are allowed',
      source: 'API page, request parameter containerInstances',
      expected: 10,
      actual: 11,
    },
  ])
})

test('accepts 36 characters of startedBy and none', () => {
  expect(rulesOf({ ...sample, startedBy: 'a'.repeat(36) })).toEqual([])
  expect(rulesOf({ ...sample, startedBy: '' })).toEqual([])
})

test('refuses 37 characters of startedBy', () => {
  expect(rulesOf({ ...sample, startedBy: 'a'.repeat(37) })).toEqual(['request.startedBy.maxLength'])
})

test('accepts every kind of character that startedBy may have', () => {
  expect(rulesOf({ ...sample, startedBy: 'azAZ09-/_' })).toEqual([])
})

test.each(['a b', 'a.b', 'ä', 'a\n', 'a:b', '😀'])('refuses %j as startedBy', (startedBy) => {
  expect(rulesOf({ ...sample, startedBy })).toEqual(['request.startedBy.pattern'])
})

test('reports every broken rule of one member', () => {
  expect(rulesOf({ ...sample, startedBy: ' '.repeat(37) })).toEqual([
    'request.startedBy.maxLength',
    'request.startedBy.pattern',
  ])
})

test.each(['TASK_DEFINITION', 'SERVICE', 'NONE'])(
  'accepts %s as propagateTags',
  (propagateTags) => {
    expect(rulesOf({ ...sample, propagateTags })).toEqual([])
  },
)

test('refuses a value that propagateTags does not have, in another case too', () => {
  expect(rulesOf({ ...sample, propagateTags: 'none' })).toEqual(['request.propagateTags.enum'])
})

test('reports only the type of a value that has a wrong one', () => {
  expect(rulesOf({ ...sample, propagateTags: 1, startedBy: {} })).toEqual([
    'request.propagateTags.type',
    'request.startedBy.type',
  ])
})

test('accepts 50 tags and none', () => {
  expect(rulesOf({ ...sample, tags: makeTags(50) })).toEqual([])
  expect(rulesOf({ ...sample, tags: [] })).toEqual([])
})

test('refuses 51 tags at the whole list', () => {
  expect(placesOf({ ...sample, tags: makeTags(51) })).toEqual([['/tags', 'request.tags.maxItems']])
})

test('does not count a tag whose key has the reserved prefix', () => {
  expect(placesOf({ ...sample, tags: [...makeTags(50), { key: 'aws:x', value: '' }] })).toEqual([
    ['/tags/50/key', 'request.tags[].key.reservedPrefix'],
  ])
})

test('counts characters of a tag as code points', () => {
  const tag = { key: '𐐀'.repeat(128), value: '𐐀'.repeat(256) }
  expect(rulesOf({ ...sample, tags: [tag] })).toEqual([])
})

test('refuses a tag key of 129 characters and a value of 257', () => {
  expect(placesOf({ ...sample, tags: [{ key: 'k'.repeat(129), value: 'v'.repeat(257) }] })).toEqual(
    [
      ['/tags/0/key', 'request.tags[].key.maxLength'],
      ['/tags/0/value', 'request.tags[].value.maxLength'],
    ],
  )
})

test('reports a duplicate tag key at the later one', () => {
  const tags = [{ key: 'a' }, { key: 'b' }, { key: 'a' }, { key: 'a' }]
  expect(placesOf({ ...sample, tags })).toEqual([
    ['/tags/2/key', 'request.tags[].key.unique'],
    ['/tags/3/key', 'request.tags[].key.unique'],
  ])
})

test('tells tag keys apart by case', () => {
  expect(
    rulesOf({ ...sample, tags: [{ key: 'Name' }, { key: 'name' }, { key: '__proto__' }] }),
  ).toEqual([])
})

test('refuses the reserved prefix in any case, in keys and in values', () => {
  expect(placesOf({ ...sample, tags: [{ key: 'AwS:k', value: 'aws:v' }] })).toEqual([
    ['/tags/0/key', 'request.tags[].key.reservedPrefix'],
    ['/tags/0/value', 'request.tags[].value.reservedPrefix'],
  ])
})

test('accepts aws without the colon, or elsewhere than at the start', () => {
  expect(
    rulesOf({ ...sample, tags: [{ key: 'aws', value: 'my aws:x' }, { key: 'awsome:x' }] }),
  ).toEqual([])
})

test("has no rule of the page's tags for the tags of a volume, whose page is another", () => {
  const tags = [{ key: 'aws:a' }, { key: 'aws:a' }, { value: 'v' }]
  const managedEBSVolume = {
    roleArn: 'r',
    sizeInGiB: 1,
    tagSpecifications: [{ resourceType: 'volume', tags }],
  }
  expect(
    rulesOf({ ...sample, volumeConfigurations: [{ name: 'data', managedEBSVolume }] }),
  ).toEqual([])
})

test('accepts overrides of 8192 characters', () => {
  expect(rulesOf({ ...sample, overrides: makeOverrides(8192) })).toEqual([])
})

test('refuses overrides of 8193 characters at the whole', () => {
  expect(checkRequest({ ...sample, overrides: makeOverrides(8193) })).toMatchObject([
    { pointer: '/overrides', rule: 'request.overrides.maxLength', expected: 8192, actual: 8193 },
  ])
})

test('counts characters of overrides as code points', () => {
  expect(rulesOf({ ...sample, overrides: makeOverrides(8192, '😀') })).toEqual([])
})

test('refuses a member that the page does not show, at any depth', () => {
  expect(
    placesOf({ ...sample, bogus: 1, overrides: { containerOverrides: [{ nmae: 'web' }] } }),
  ).toEqual([
    ['/bogus', 'request.unknownMember'],
    ['/overrides/containerOverrides/0/nmae', 'request.unknownMember'],
  ])
})

test('escapes the name of an unknown member in the pointer', () => {
  expect(placesOf({ ...sample, 'a/b~c': 1 })).toEqual([['/a~1b~0c', 'request.unknownMember']])
})

test.each(['__proto__', 'constructor', 'toString'])('refuses a member named %s', (name) => {
  const body = parseBody(
    `{"cluster":"c","containerInstances":["a"],"group":"g","propagateTags":"NONE","taskDefinition":"b:1","${name}":{}}`,
  )
  expect(placesOf(body)).toEqual([[`/${name}`, 'request.unknownMember']])
})

test('takes an undefined member as absent', () => {
  expect(rulesOf({ ...sample, startedBy: undefined, bogus: undefined })).toEqual([])
  expect(rulesOf({ ...sample, taskDefinition: undefined })).toEqual([
    'request.taskDefinition.required',
  ])
})

test('notes a null member that is optional', () => {
  expect(checkRequest({ ...sample, overrides: { cpu: null } })).toMatchObject([
    {
      pointer: '/overrides/cpu',
      rule: 'request.overrides.cpu.null',
      severity: 'info',
      actual: null,
    },
  ])
})

test('reports a null member that is required as missing alone', () => {
  expect(placesOf({ ...sample, taskDefinition: null })).toEqual([
    ['/taskDefinition', 'request.taskDefinition.required'],
  ])
})

test('does not take a dotted name for a known member', () => {
  expect(placesOf({ ...sample, 'overrides.cpu': null })).toEqual([
    ['/overrides.cpu', 'request.unknownMember'],
  ])
})

test('refuses null and undefined in an array', () => {
  expect(placesOf({ ...sample, containerInstances: ['a', null, undefined] })).toEqual([
    ['/containerInstances/1', 'request.containerInstances[].type'],
    ['/containerInstances/2', 'request.containerInstances[].type'],
  ])
})

test('takes a number kept by its digits as a number', () => {
  const body = parseBody(
    '{"cluster":"c","containerInstances":["a"],"group":"g","propagateTags":"NONE","taskDefinition":"b:1","overrides":{"containerOverrides":[{"name":"web","cpu":9007199254740993}]}}',
  )
  expect(checkRequest(body)).toEqual([])
})

test('takes a number beyond every double as a number', () => {
  const body = parseBody(
    '{"cluster":"c","containerInstances":["a"],"group":"g","propagateTags":"NONE","taskDefinition":"b:1","overrides":{"containerOverrides":[{"name":"web","cpu":1e999}]}}',
  )
  expect(checkRequest(body)).toEqual([])
})

test('refuses digits that are kept where a text must stand', () => {
  const body = parseBody(
    '{"cluster":"c","containerInstances":["a"],"group":"g","propagateTags":"NONE","taskDefinition":9007199254740993}',
  )
  expect(checkRequest(body)).toMatchObject([
    { rule: 'request.taskDefinition.type', actual: 'a number' },
  ])
})

test('asks for a whole number where the model does, by its digits', () => {
  const cpu = (digits: string): string[] =>
    rulesOf({
      ...sample,
      overrides: { containerOverrides: [{ name: 'web', cpu: parseBody(digits), memory: -1 }] },
    })
  expect(cpu('1.5e1')).toEqual([])
  expect(cpu('9007199254740993.0')).toEqual([])
  expect(cpu('0.5')).toEqual(['request.overrides.containerOverrides[].cpu.integer'])
  expect(cpu('9007199254740992.5')).toEqual(['request.overrides.containerOverrides[].cpu.integer'])
})

test('writes array indexes as [] in a rule', () => {
  expect(
    rulesOf({ ...sample, overrides: { containerOverrides: [{ name: 'web', cpu: '1' }] } }),
  ).toEqual(['request.overrides.containerOverrides[].cpu.type'])
})

test('orders findings as the members stand, missing ones last', () => {
  const body = {
    tags: [{ key: 1 }, { bogus: 1 }],
    startedBy: 'a b',
    bogus: 1,
    cluster: null,
    overrides: 'x',
  }
  expect(placesOf(body).map(([pointer]) => pointer)).toEqual([
    '/tags/0/key',
    '/tags/1/bogus',
    '/tags/1/key',
    '/startedBy',
    '/bogus',
    '/cluster',
    '/overrides',
    '/containerInstances',
    '/taskDefinition',
  ])
})

test('orders a whole before its members, and indexes as numbers', () => {
  const containerInstances = Array.from({ length: 12 }, (_, index) =>
    index === 2 || index === 11 ? 1 : 'ci',
  )
  expect(placesOf({ ...sample, containerInstances }).map(([pointer]) => pointer)).toEqual([
    '/containerInstances',
    '/containerInstances/2',
    '/containerInstances/11',
  ])
})

test('names the parameter as the source of what stands below it', () => {
  const [finding] = checkRequest({
    ...sample,
    overrides: { containerOverrides: [{ name: 'web', cpu: '1' }] },
  })
  expect(finding?.source).toBe('API page, request parameter overrides')
})

test('names the syntax as the source of what no parameter describes', () => {
  const [finding] = checkRequest({ ...sample, cluster: 1 })
  expect(finding?.source).toBe('API page, Request Syntax')
})

test('cuts a long value to 80 characters', () => {
  const [finding] = checkRequest({ ...sample, propagateTags: '😀'.repeat(5000) })
  expect(Array.from(String(finding?.actual))).toHaveLength(80)
  expect(finding?.message.length).toBeLessThan(300)
})

test('never says what an environment holds, in whatever wrong form it is', () => {
  const secret = 'hunter2-hunter2'
  const environments: unknown[] = [
    [{ name: 'A', value: { nested: secret } }],
    [{ name: 'A', value: 1, extra: secret }],
    [{ name: 'A', valeu: secret }],
    [`A=${secret}`],
    { A: secret },
    `A=${secret}`,
    [[secret]],
    [{ name: 'A', value: [secret] }],
  ]
  const bodies = [
    ...environments.map((environment) => ({
      ...sample,
      overrides: { containerOverrides: [{ name: 'web', environment }] },
    })),
    {
      ...sample,
      overrides: JSON.stringify({
        containerOverrides: [{ environment: [{ name: 'A', value: secret }] }],
      }),
    },
    {
      ...sample,
      overides: { containerOverrides: [{ environment: [{ name: 'A', value: secret }] }] },
    },
    { ...sample, environment: [{ name: 'A', value: secret }] },
  ]
  for (const body of bodies) {
    const findings = checkRequest(body)
    expect(findings).not.toEqual([])
    expect(JSON.stringify(findings)).not.toContain(secret)
  }
})

test('says of a null member that the model requires only that it is missing', () => {
  const networkConfiguration = { awsvpcConfiguration: { subnets: null } }
  expect(checkRequest({ ...sample, networkConfiguration })).toMatchObject([
    {
      pointer: '/networkConfiguration/awsvpcConfiguration/subnets',
      severity: 'error',
      actual: 'null',
    },
  ])
})

test('counts the escapes of overrides', () => {
  const quotes = (count: number): object => ({ ...sample, overrides: { cpu: '"'.repeat(count) } })
  expect(rulesOf(quotes(4091))).toEqual([])
  expect(rulesOf(quotes(4092))).toEqual(['request.overrides.maxLength'])
})
