import { expect, test } from 'vitest'

import { parseBody } from '../../src/protocol/index.ts'
import { ask, buildRequest, createTestProvider, HEALTHY } from './asking.ts'

const OPERATIONS = ['StartTask', 'ListContainerInstances', 'DescribeTasks', 'StopTask', 'ListTasks']

const NESTED = '['.repeat(200_000) + ']'.repeat(200_000)
const BODIES = [
  { title: 'deep nesting', body: NESTED, name: 'SerializationException' },
  {
    title: 'five megabytes',
    body: JSON.stringify({ cluster: 'x'.repeat(5 * 1024 * 1024) }),
    name: 'SerializationException',
  },
  { title: 'half a body', body: '{"cluster": "def', name: 'SerializationException' },
  { title: 'an array', body: '[]', name: 'SerializationException' },
  { title: 'a number as body', body: '7', name: 'SerializationException' },
  {
    title: 'a prototype member',
    body: '{"__proto__": {"cluster": "x"}, "constructor": 1}',
    name: 'InvalidParameterException',
  },
  {
    title: 'a number for each member',
    body: '{"cluster": 1, "tasks": 1, "task": 1}',
    name: 'InvalidParameterException',
  },
  {
    title: 'a number that no double holds',
    body: '{"cluster": 1e999, "maxResults": 123456789012345678901234567890}',
    name: 'InvalidParameterException',
  },
]

test.each(OPERATIONS.flatMap((operation) => BODIES.map((body) => ({ operation, ...body }))))(
  'answers $operation with $title by a clean HTTP 400',
  async ({ operation, body, name }) => {
    const response = await ask(createTestProvider(), operation, body)
    expect(response).toEqual({
      status: 400,
      body: { __type: name, message: expect.stringMatching(/./) },
    })
  },
)

test('answers bytes that are no UTF-8 with SerializationException', async () => {
  const response = await createTestProvider().respond({
    ...buildRequest('ListTasks', {}),
    body: new Uint8Array([0xff, 0xfe]),
  })
  expect(parseBody(response.body)).toMatchObject({ __type: 'SerializationException' })
})

test('takes an empty body for one without members', async () => {
  expect((await createTestProvider().respond(buildRequest('ListTasks', ''))).status).toBe(200)
})

test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
  'knows no cluster, definition or task named %s',
  async (name) => {
    const provider = createTestProvider()
    const requests = [
      buildRequest('StartTask', {
        cluster: name,
        taskDefinition: 'hello_world',
        containerInstances: [HEALTHY],
      }),
      buildRequest('StartTask', { taskDefinition: name, containerInstances: [HEALTHY] }),
      buildRequest('StartTask', {
        taskDefinition: 'hello_world',
        containerInstances: [HEALTHY],
        overrides: { containerOverrides: [{ name }] },
      }),
      buildRequest('StopTask', { task: name }),
      buildRequest('ListTasks', { nextToken: name }),
    ]
    const responses = await Promise.all(requests.map((request) => provider.respond(request)))
    expect(responses.map((response) => response.status)).toEqual(requests.map(() => 400))
  },
)

test('quotes no long member name whole', async () => {
  const response = await createTestProvider().respond(
    buildRequest('ListTasks', { ['x'.repeat(100_000)]: 1 }),
  )
  expect(response.body.length).toBeLessThan(300)
})
