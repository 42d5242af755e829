import { expect, test } from 'vitest'

import { parseBody } from '../../src/protocol/index.ts'
import { readOutcome } from '../../src/contract/index.ts'
import {
  ARN,
  ask,
  buildRequest,
  createTestProvider,
  DISCONNECTED,
  HEALTHY,
  readId,
  readObjects,
  SHORT_OF_MEMORY,
  start,
} from './asking.ts'

const INSTANCE = `${ARN}:container-instance/default`

test.each([
  { containerInstance: 'no-such-instance', reason: 'MISSING' },
  { containerInstance: DISCONNECTED, reason: 'AGENT' },
  { containerInstance: SHORT_OF_MEMORY, reason: 'RESOURCE:MEMORY' },
])('answers HTTP 200 with the failure $reason', async ({ containerInstance, reason }) => {
  const response = await start(createTestProvider(), { containerInstances: [containerInstance] })
  expect(response).toEqual({
    status: 200,
    body: { failures: [{ arn: `${INSTANCE}/${containerInstance}`, reason }], tasks: [] },
  })
})

test('fails with INACTIVE on a deregistered instance, agent or not', async () => {
  const provider = createTestProvider(({ clusters }) => ({
    clusters: clusters.map((cluster) => ({
      ...cluster,
      containerInstances: cluster.containerInstances.map((instance) => ({
        ...instance,
        status: 'INACTIVE' as const,
      })),
    })),
  }))
  const response = await start(provider, { containerInstances: [HEALTHY, DISCONNECTED] })
  expect(readObjects(response.body, 'failures').map((failure) => failure['reason'])).toEqual([
    'INACTIVE',
    'INACTIVE',
  ])
})

test('fails with RESOURCE:CPU when overrides ask for more than is left', async () => {
  const response = await start(createTestProvider(), { overrides: { cpu: '4096' } })
  expect(response.body['failures']).toEqual([
    { arn: `${INSTANCE}/${HEALTHY}`, reason: 'RESOURCE:CPU' },
  ])
})

test('counts a soft memory limit, where a container has one, in place of the hard one', async () => {
  const containerOverrides = ['wordpress', 'mysql'].map((name) => ({
    name,
    memoryReservation: 200,
  }))
  const response = await start(createTestProvider(), {
    containerInstances: [SHORT_OF_MEMORY],
    overrides: { containerOverrides },
  })
  expect(response.body['failures']).toEqual([])
})

test('fills an instance within one request and fails the rest', async () => {
  const response = await start(createTestProvider(), {
    containerInstances: Array.from({ length: 10 }, () => HEALTHY),
  })
  expect(readObjects(response.body, 'tasks')).toHaveLength(7)
  expect(readObjects(response.body, 'failures').map((failure) => failure['reason'])).toEqual(
    Array.from({ length: 3 }, () => 'RESOURCE:MEMORY'),
  )
})

test('gives back what a task took when it is stopped', async () => {
  const provider = createTestProvider()
  const overrides = { memory: '7000' }
  const first = await start(provider, { overrides })
  expect(readObjects((await start(provider, { overrides })).body, 'failures')).toHaveLength(1)
  await ask(provider, 'StopTask', { task: readId(first) })
  expect(readObjects((await start(provider, { overrides })).body, 'tasks')).toHaveLength(1)
})

test('reports an ARN of another cluster, region or account as MISSING, as it was given', async () => {
  const strangers = [
    `${ARN}:container-instance/other/${HEALTHY}`,
    `arn:aws:ecs:eu-west-1:012345678910:container-instance/default/${HEALTHY}`,
    `arn:aws:ecs:us-east-1:999999999999:container-instance/default/${HEALTHY}`,
    `${ARN}:task/default/${HEALTHY}`,
  ]
  const response = await start(createTestProvider(), { containerInstances: strangers })
  expect(response.body['failures']).toEqual(strangers.map((arn) => ({ arn, reason: 'MISSING' })))
})

test.each([
  { kind: 'started', containerInstances: [HEALTHY] },
  { kind: 'partial', containerInstances: [DISCONNECTED, HEALTHY] },
  { kind: 'unplaced', containerInstances: [DISCONNECTED] },
])('gives the outcome $kind', async ({ kind, containerInstances }) => {
  const response = await createTestProvider().respond(
    buildRequest('StartTask', { taskDefinition: 'hello_world', containerInstances }),
  )
  expect(readOutcome(response).kind).toBe(kind)
  expect(parseBody(response.body)).toHaveProperty('failures')
})

test('keeps the tasks of a request whose other entries fail', async () => {
  const provider = createTestProvider()
  await start(provider, { containerInstances: [DISCONNECTED, HEALTHY, 'none'] })
  expect(provider.state.tasks.map((task) => task.containerInstance)).toEqual([HEALTHY])
})
