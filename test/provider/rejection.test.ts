import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

import { checkError } from '../../src/contract/index.ts'
import { parseBody } from '../../src/protocol/index.ts'
import { ARN, ask, buildRequest, createTestProvider, start } from './asking.ts'

test.each([
  {
    cause: 'an unknown cluster',
    members: { cluster: 'none' },
    name: 'ClusterNotFoundException',
    message: 'Cluster not found.',
  },
  {
    cause: 'a cluster of another region',
    members: { cluster: 'arn:aws:ecs:eu-west-1:012345678910:cluster/default' },
    name: 'ClusterNotFoundException',
    message: 'Cluster not found.',
  },
  {
    cause: 'an unknown family',
    members: { taskDefinition: 'none' },
    name: 'ClientException',
    message: 'TaskDefinition not found.',
  },
  {
    cause: 'an unknown revision',
    members: { taskDefinition: 'hello_world:7' },
    name: 'ClientException',
    message: 'TaskDefinition not found.',
  },
  {
    cause: 'a definition of another account',
    members: { taskDefinition: 'arn:aws:ecs:us-east-1:999999999999:task-definition/hello_world:6' },
    name: 'ClientException',
    message: 'TaskDefinition not found.',
  },
  {
    cause: 'an override of a stranger',
    members: { overrides: { containerOverrides: [{ name: 'django' }] } },
    name: 'InvalidParameterException',
    message: 'Override for container named django is not a container in the TaskDefinition.',
  },
  {
    cause: 'a blank container instance',
    members: { containerInstances: [''] },
    name: 'InvalidParameterException',
    message: 'Container instance can not be blank.',
  },
  {
    cause: 'an empty list of instances, for which the page states no minimum',
    members: { containerInstances: [] },
    name: 'InvalidParameterException',
    message: 'containerInstances names no container instance.',
  },
])('rejects $cause with $name', async ({ members, name, message }) => {
  expect(await start(createTestProvider(), members)).toEqual({
    status: 400,
    body: { __type: name, message },
  })
})

test.each([
  {
    cause: 'more than ten instances',
    members: { containerInstances: Array.from({ length: 11 }, () => 'i') },
  },
  { cause: 'a wrong type', members: { startedBy: 7 } },
  { cause: 'a startedBy of 37 characters', members: { startedBy: 'x'.repeat(37) } },
  { cause: 'a propagateTags that is no documented value', members: { propagateTags: 'ALL' } },
  { cause: 'a tag key with a reserved prefix', members: { tags: [{ key: 'aws:x', value: 'y' }] } },
  { cause: 'no task definition', members: { taskDefinition: undefined } },
  {
    cause: 'an override cpu below zero',
    members: { overrides: { containerOverrides: [{ name: 'mysql', cpu: -1 }] } },
  },
  {
    cause: 'an override that names no container',
    members: { overrides: { containerOverrides: [{ cpu: 1 }] } },
  },
  { cause: 'a tag without a key', members: { tags: [{ value: 'v' }] } },
  { cause: 'a task override that is no amount', members: { overrides: { cpu: 'much' } } },
  {
    cause: 'a volume that the definition does not have',
    members: { volumeConfigurations: [{ name: 'data' }] },
  },
])('rejects $cause with InvalidParameterException', async ({ members }) => {
  const response = await start(createTestProvider(), members)
  expect(response).toMatchObject({ status: 400, body: { __type: 'InvalidParameterException' } })
})

test('rejects an inactive revision that is named', async () => {
  const provider = createTestProvider(({ taskDefinitions }) => ({
    taskDefinitions: taskDefinitions.map((definition) => ({
      ...definition,
      status: 'INACTIVE' as const,
    })),
  }))
  const response = await start(provider, { taskDefinition: `${ARN}:task-definition/hello_world:6` })
  expect(response.body).toEqual({
    __type: 'InvalidParameterException',
    message: 'TaskDefinition is inactive',
  })
})

test('rejects more than 50 tags, those of the definition counted', async () => {
  const provider = createTestProvider(({ taskDefinitions }) => ({
    taskDefinitions: taskDefinitions.map((definition) => ({
      ...definition,
      tags: [{ key: 'owner', value: 'web' }],
    })),
  }))
  const tags = Array.from({ length: 50 }, (_, index) => ({ key: `k${index}`, value: '' }))
  expect((await start(provider, { tags })).status).toBe(200)
  expect((await start(provider, { tags, propagateTags: 'TASK_DEFINITION' })).body['__type']).toBe(
    'InvalidParameterException',
  )
})

test.each([
  { cause: 'a value of a wrong type', value: { secret: 'hunter2' } },
  { cause: 'overrides above 8192 characters', value: 'hunter2'.repeat(2000) },
])('names no environment value when it rejects $cause', async ({ value }) => {
  const overrides = {
    containerOverrides: [{ name: 'mysql', environment: [{ name: 'PASSWORD', value }] }],
  }
  const response = await start(createTestProvider(), { overrides })
  expect(response.status).toBe(400)
  expect(JSON.stringify(response.body)).not.toContain('hunter2')
})

test('rejects as the page documents errors', async () => {
  const provider = createTestProvider()
  for (const members of [
    { cluster: 'none' },
    { taskDefinition: 'none' },
    { containerInstances: [] },
  ]) {
    const response = await provider.respond(
      buildRequest('StartTask', {
        taskDefinition: 'hello_world',
        containerInstances: ['i'],
        ...members,
      }),
    )
    expect(checkError(response.status, response.headers, parseBody(response.body))).toEqual([])
  }
})

test('changes nothing when it rejects', async () => {
  const provider = createTestProvider()
  const before = provider.state
  await start(provider, { cluster: 'none' })
  expect(provider.state).toBe(before)
})

test.each(['RunTask', 'DescribeContainerInstances', 'constructor', '__proto__'])(
  'answers no other operation: %s',
  async (operation) => {
    const { status, body } = await ask(createTestProvider(), operation, {})
    expect(status).toBe(400)
    expect(body['__type']).toBe('UnknownOperationException')
    expect(body['message']).toBe(
      'This provider supports StartTask, ListContainerInstances, DescribeTasks, StopTask, ListTasks only; it is not an emulator of ECS.',
    )
  },
)

test.each([
  { cause: 'another method', change: { method: 'GET' } },
  { cause: 'no target', change: { headers: { 'content-type': 'application/x-amz-json-1.1' } } },
  {
    cause: 'another content type',
    change: {
      headers: { ...buildRequest('StartTask', {}).headers, 'content-type': 'application/json' },
    },
  },
  {
    cause: 'another service',
    change: {
      headers: { ...buildRequest('StartTask', {}).headers, 'x-amz-target': 'DynamoDB.StartTask' },
    },
  },
])('answers UnknownOperationException to $cause', async ({ change }) => {
  const response = await createTestProvider().respond({
    ...buildRequest('StartTask', {}),
    ...change,
  })
  expect(response.status).toBe(400)
  expect(parseBody(response.body)).toMatchObject({ __type: 'UnknownOperationException' })
})

test('takes a content type with parameters', async () => {
  const request = buildRequest('ListTasks', {})
  const headers = {
    ...request.headers,
    'content-type': 'application/x-amz-json-1.1; charset=utf-8',
  }
  expect((await createTestProvider().respond({ ...request, headers })).status).toBe(200)
})

interface Rule {
  id: string
  side: string
  severity: string
  refused?: unknown
}

const catalogue: { rules: Rule[] } = JSON.parse(
  readFileSync('contracts/start-task/rules.json', 'utf8'),
)
const broken = catalogue.rules.filter(
  ({ side, severity, refused }) =>
    side === 'request' && severity === 'error' && refused !== undefined,
)

test.each(broken)('rejects a request that breaks $id', async ({ id, refused }) => {
  const { status, body } = await ask(createTestProvider(), 'StartTask', refused)
  const isNested = id === 'request.depth' || id === 'request.type'
  expect({ status, name: body['__type'] }).toEqual({
    status: 400,
    name: isNested ? 'SerializationException' : 'InvalidParameterException',
  })
})

test.each([
  { members: { startedBy: 'x'.repeat(37) }, message: 'startedBy longer than 36.' },
  {
    members: { overrides: { cpu: 'x'.repeat(8192) } },
    message: 'Container Overrides length must be at most 8192',
  },
])(
  'rejects in the words that users saw from the service: $message',
  async ({ members, message }) => {
    expect((await start(createTestProvider(), members)).body).toEqual({
      __type: 'InvalidParameterException',
      message,
    })
  },
)

test('starts a task for a request that only prose of other pages warns of', async () => {
  const overrides = { ephemeralStorage: { sizeInGiB: 500 } }
  expect((await start(createTestProvider(), { overrides })).status).toBe(200)
})
