import { StartTaskCommand } from '@aws-sdk/client-ecs'
import { expect, test } from 'vitest'

import { checkRequest } from '../../src/contract/index.ts'
import { loadRecordings } from '../../src/recording/index.ts'
import {
  startTaskRequest,
  startTaskResponse,
  toConformToStartTask,
} from '../../src/runners/index.ts'

const REQUEST = { taskDefinition: 'web', containerInstances: ['ci-a'] }
const [recorded] = await loadRecordings('recordings/started/page-sample.json')
const exchange = recorded?.exchanges[0]

const WIRE = (status: number, body: unknown) => ({
  status,
  headers: {},
  body: JSON.stringify(body),
})

test.for([
  ['a request body', REQUEST],
  ['the text of one', JSON.stringify(REQUEST)],
  ['a command of the SDK', new StartTaskCommand(REQUEST)],
  [
    'a request on the wire',
    { method: 'POST', url: '/', headers: {}, body: JSON.stringify(REQUEST) },
  ],
  [
    'a response body',
    {
      tasks: [],
      failures: [
        { arn: 'arn:aws:ecs:us-east-1:123456789012:container-instance/a', reason: 'AGENT' },
      ],
    },
  ],
  [
    'what the SDK gave, times and all',
    { $metadata: {}, tasks: [{ createdAt: new Date(1_700_000_000_123) }], failures: [] },
  ],
  ['a response on the wire', WIRE(200, { tasks: [], failures: [] })],
  ['an error on the wire', WIRE(400, { __type: 'ClientException', message: 'no' })],
  ['a recorded exchange', exchange],
] as const)('accepts %s', ([, value]) => {
  expect(toConformToStartTask.call(undefined, value)).toMatchObject({ pass: true })
})

test.for([
  ['a request', { ...REQUEST, startedBy: 'a b' }, '/startedBy startedBy is "a b"'],
  [
    'a command',
    new StartTaskCommand({ ...REQUEST, startedBy: 'a b' }),
    'request.startedBy.pattern',
  ],
  [
    'a request on the wire',
    { method: 'POST', url: '/', headers: {}, body: '{"taskDefinition":1}' },
    '/taskDefinition',
  ],
  ['a response', { tasks: [{ taskArn: 1 }] }, '/tasks/0/taskArn'],
  [
    'an exchange',
    { ...exchange, request: { headers: {}, body: {} } },
    '/request/body/containerInstances',
  ],
  ['an error on the wire', WIRE(400, {}), 'error.'],
  ['a body that is no JSON', 'nonsense', '(whole)'],
  ['nothing', undefined, '(whole)'],
] as const)('refuses %s that breaks the contract, and names place and rule', ([, value, told]) => {
  const { pass, message } = toConformToStartTask.call(undefined, value)
  expect(pass).toBe(false)
  expect(message()).toContain(told)
  expect(message()).toMatch(
    /^Expected a value that follows the contract of StartTask; it breaks .*\n[^]*docs\/rules\.md/,
  )
})

test('does not count what is a warning', () => {
  const awsvpcConfiguration = {
    subnets: ['subnet-1'],
    securityGroups: ['1', '2', '3', '4', '5', '6'],
  }
  const request = { ...REQUEST, networkConfiguration: { awsvpcConfiguration } }
  expect(checkRequest(request)).toContainEqual(expect.objectContaining({ severity: 'warning' }))
  expect(toConformToStartTask.call(undefined, request).pass).toBe(true)
})

test('says under not that nothing is broken', () => {
  expect(toConformToStartTask.call(undefined, REQUEST).message()).toBe(
    'Expected something that breaks the documented contract of StartTask; it breaks no rule.',
  )
})

test('takes an empty object for a request unless it is told otherwise', () => {
  expect(toConformToStartTask.call(undefined, {}).pass).toBe(false)
  expect(toConformToStartTask.call(undefined, { tasks: [] }, 'request').pass).toBe(false)
  expect(toConformToStartTask.call(undefined, { tasks: [], failures: [] }, 'response').pass).toBe(
    true,
  )
})

test('checks a value of any depth without an error', () => {
  let deep: unknown = REQUEST
  for (let level = 0; level < 20_000; level++) deep = { deep }
  expect(toConformToStartTask.call(undefined, deep)).toMatchObject({ pass: false })
  expect(toConformToStartTask.call(undefined, deep).message()).toContain('request.depth')
})

test('prints nothing that steers a terminal', () => {
  const { message } = toConformToStartTask.call(undefined, { ...REQUEST, '\u001b[2J': '\u001b[2J' })
  expect(message()).not.toContain('\u001b')
})

test('is a Standard Schema of requests, with a path for each issue', () => {
  expect(startTaskRequest['~standard'].validate(REQUEST)).toEqual({ value: REQUEST })
  const { issues = [] } = startTaskRequest['~standard'].validate({
    ...REQUEST,
    tags: [{ key: 'a' }, { key: 'a' }],
  })
  expect(issues).toMatchObject([
    { path: ['tags', '1', 'key'], message: expect.stringContaining('request.tags[].key.unique') },
  ])
})

test('is a Standard Schema of responses, also of what the SDK gave', () => {
  expect(
    startTaskResponse['~standard'].validate({ $metadata: {}, tasks: [{ createdAt: new Date() }] }),
  ).not.toHaveProperty('issues')
  expect(startTaskResponse['~standard'].validate({ tasks: 1 })).toHaveProperty('issues')
})

test('is taken by expect.schemaMatching', () => {
  expect({ body: REQUEST }).toEqual({ body: expect.schemaMatching(startTaskRequest) })
  expect({ body: { ...REQUEST, startedBy: 'a b' } }).not.toEqual({
    body: expect.schemaMatching(startTaskRequest),
  })
})
