import { expect, test } from 'vitest'

import { identifyRequest, type MatchRules } from '../../src/matching/index.ts'
import { parseBody } from '../../src/protocol/index.ts'

const ARN = 'arn:aws:ecs:us-east-1:111122223333'
const INSTANCE = '4c543eed-f83f-47da-b1d8-3d23f1da4c64'

function readKey(body: unknown, rules?: MatchRules): string {
  return identifyRequest('StartTask', body, rules).key
}

const SAME: [what: string, one: unknown, other: unknown][] = [
  [
    'member order',
    { taskDefinition: 'web', startedBy: 'me' },
    { startedBy: 'me', taskDefinition: 'web' },
  ],
  ['an absent cluster and default', {}, { cluster: 'default' }],
  ['an absent cluster and null', {}, { cluster: null }],
  ['an absent cluster and the ARN of default', {}, { cluster: `${ARN}:cluster/default` }],
  ['a cluster by name and by ARN', { cluster: 'prod' }, { cluster: `${ARN}:cluster/prod` }],
  ['a null member and an absent one', { startedBy: null }, {}],
  [
    'a null member at depth',
    { overrides: { cpu: null, taskRoleArn: 'r' } },
    { overrides: { taskRoleArn: 'r' } },
  ],
  [
    'a task definition by name and by ARN',
    { taskDefinition: 'web:3' },
    { taskDefinition: `${ARN}:task-definition/web:3` },
  ],
  [
    'another account, region and partition',
    { taskDefinition: 'arn:aws-cn:ecs:cn-north-1:444455556666:task-definition/web:3' },
    { taskDefinition: `${ARN}:task-definition/web:3` },
  ],
  [
    'an instance by id and by long ARN',
    { containerInstances: [INSTANCE] },
    { containerInstances: [`${ARN}:container-instance/prod/${INSTANCE}`] },
  ],
  [
    'an instance by id and by short ARN',
    { containerInstances: [INSTANCE] },
    { containerInstances: [`${ARN}:container-instance/${INSTANCE}`] },
  ],
  ['a task by id and by ARN', { task: INSTANCE }, { task: `${ARN}:task/prod/${INSTANCE}` }],
  ['tasks by id and by ARN', { tasks: [INSTANCE] }, { tasks: [`${ARN}:task/${INSTANCE}`] }],
  [
    'an instance of ExecuteCommand by id and by ARN',
    { containerInstance: 'a' },
    { containerInstance: `${ARN}:container-instance/a` },
  ],
  [
    'the account of a role',
    { overrides: { taskRoleArn: 'arn:aws:iam::111122223333:role/web' } },
    { overrides: { taskRoleArn: 'arn:aws:iam::444455556666:role/web' } },
  ],
  [
    'other values of environment entries',
    { overrides: { containerOverrides: [{ environment: [{ name: 'A', value: '1' }] }] } },
    { overrides: { containerOverrides: [{ environment: [{ name: 'A', value: '2' }] }] } },
  ],
  [
    'an environment entry without a value',
    { overrides: { containerOverrides: [{ environment: [{ name: 'A', value: '1' }] }] } },
    { overrides: { containerOverrides: [{ environment: [{ name: 'A' }] }] } },
  ],
  ['an absent body and an empty object', undefined, {}],
  ['a null body and an empty object', null, {}],
  ['1, 1.0 and 10e-1', parseBody('{"count":1}'), parseBody('{"count":1.0}')],
  [
    'a large number written in two ways',
    parseBody('{"version":9007199254740993}'),
    parseBody('{"version":9007199254740993.0}'),
  ],
]

test.each(SAME)('takes for the same request: %s', (_what, one, other) => {
  expect(readKey(one)).toBe(readKey(other))
})

const DIFFERENT: [what: string, one: unknown, other: unknown][] = [
  ['another cluster', {}, { cluster: 'prod' }],
  ['an empty cluster and none', {}, { cluster: '' }],
  ['a cluster in another case', { cluster: 'prod' }, { cluster: 'Prod' }],
  ['another revision', { taskDefinition: 'web:3' }, { taskDefinition: 'web:4' }],
  ['no revision', { taskDefinition: 'web:3' }, { taskDefinition: 'web' }],
  [
    'the order of instances',
    { containerInstances: ['a', 'b'] },
    { containerInstances: ['b', 'a'] },
  ],
  ['one instance more', { containerInstances: ['a'] }, { containerInstances: ['a', 'a'] }],
  ['an empty list and none', { containerInstances: [] }, {}],
  ['a list and its one item', { containerInstances: ['a'] }, { containerInstances: 'a' }],
  ['another startedBy', { startedBy: 'me' }, { startedBy: 'you' }],
  ['an unknown member', {}, { clientToken: 'x' }],
  ['a number and its text', { count: 1 }, { count: '1' }],
  ['false and none', { enableExecuteCommand: false }, {}],
  ['an empty text and none', { startedBy: '' }, {}],
  [
    'an ARN and a name where a member takes no name',
    { startedBy: 'web' },
    { startedBy: `${ARN}:task-definition/web` },
  ],
  [
    'an ARN and a name below the place that takes names',
    { tasks: [{ note: 'web' }] },
    { tasks: [{ note: `${ARN}:task/web` }] },
  ],
  [
    'two services with one resource',
    { startedBy: `${ARN}:cluster/web` },
    { startedBy: 'arn:aws:eks:us-east-1:111122223333:cluster/web' },
  ],
  ['an ARN of another resource type', { cluster: 'web' }, { cluster: `${ARN}:service/web` }],
  [
    'an ARN of another service',
    { cluster: 'web' },
    { cluster: 'arn:aws:s3:us-east-1:111122223333:cluster/web' },
  ],
  [
    'another role',
    { overrides: { taskRoleArn: 'arn:aws:iam::111122223333:role/web' } },
    { overrides: { taskRoleArn: 'arn:aws:iam::111122223333:role/db' } },
  ],
  [
    'another name of an environment entry',
    { overrides: { containerOverrides: [{ environment: [{ name: 'A', value: '1' }] }] } },
    { overrides: { containerOverrides: [{ environment: [{ name: 'B', value: '1' }] }] } },
  ],
  [
    'the value of a tag',
    { tags: [{ key: 'a', value: '1' }] },
    { tags: [{ key: 'a', value: '2' }] },
  ],
  ['null in a list and nothing', { containerInstances: [null] }, { containerInstances: [] }],
  [
    'two large numbers that one double stands for',
    parseBody('{"version":9007199254740993}'),
    parseBody('{"version":9007199254740992}'),
  ],
  ['a body that is a list', [], {}],
  ['a body that is a text', 'x', {}],
  ['a member __proto__', parseBody('{"__proto__":{"a":1}}'), {}],
]

test.each(DIFFERENT)('takes for two requests: %s', (_what, one, other) => {
  expect(readKey(one)).not.toBe(readKey(other))
})

test('takes two operations for two requests', () => {
  expect(identifyRequest('RunTask', {}).key).not.toBe(identifyRequest('StartTask', {}).key)
})

test('leaves an ignored member out', () => {
  const ignore = ['/startedBy']
  expect(readKey({ startedBy: 'me' }, { ignore })).toBe(readKey({ startedBy: 'you' }, { ignore }))
  expect(readKey({ startedBy: 'me' }, { ignore })).toBe(readKey({}, { ignore }))
})

test('leaves out all below an ignored place', () => {
  const ignore = ['/overrides']
  expect(
    readKey({ overrides: { cpu: '1', containerOverrides: [{ name: 'a' }] } }, { ignore }),
  ).toBe(readKey({}, { ignore }))
})

test('lets * stand for any one index or member', () => {
  const ignore = ['/tags/*/value']
  expect(readKey({ tags: [{ key: 'a', value: '1' }] }, { ignore })).toBe(
    readKey({ tags: [{ key: 'a' }] }, { ignore }),
  )
  expect(readKey({ tags: [{ key: 'a' }] }, { ignore })).not.toBe(
    readKey({ tags: [{ key: 'b' }] }, { ignore }),
  )
})

test('leaves an ignored cluster out, given or not', () => {
  expect(readKey({ cluster: 'prod' }, { ignore: ['/cluster'] })).toBe(
    readKey({}, { ignore: ['/cluster'] }),
  )
})

test('shows the shape that is compared', () => {
  const body = {
    taskDefinition: `${ARN}:task-definition/web:3`,
    containerInstances: [`${ARN}:container-instance/prod/${INSTANCE}`],
    startedBy: null,
  }
  expect(identifyRequest('StartTask', body).shape).toEqual({
    cluster: 'default',
    taskDefinition: 'web:3',
    containerInstances: [INSTANCE],
  })
})

test('leaves the body as it was', () => {
  const body = { startedBy: null, containerInstances: [`${ARN}:container-instance/${INSTANCE}`] }
  const before = structuredClone(body)
  identifyRequest('StartTask', body, { ignore: ['/containerInstances'] })
  expect(body).toEqual(before)
})

test('leaves an ignored item of a list out', () => {
  const ignore = ['/containerInstances/1']
  expect(readKey({ containerInstances: ['a', 'b'] }, { ignore })).toBe(
    readKey({ containerInstances: ['a', 'c'] }, { ignore }),
  )
})

test('leaves every item of a list out when * is ignored, however many there are', () => {
  const ignore = ['/containerInstances/*']
  expect(readKey({ containerInstances: ['a', 'b'] }, { ignore })).toBe(
    readKey({ containerInstances: ['c'] }, { ignore }),
  )
})
