import {
  ClusterNotFoundException,
  DescribeTasksCommand,
  ECSClient,
  ListContainerInstancesCommand,
  ListTasksCommand,
  StartTaskCommand,
  StopTaskCommand,
  waitUntilTasksRunning,
} from '@aws-sdk/client-ecs'
import { expect, test } from 'vitest'

import { startProvider } from '../../src/provider/index.ts'
import { createStandingClock, DISCONNECTED, HEALTHY, INSTANCE_ARN, SAMPLE_TIME } from './asking.ts'

function createClient(endpoint: string): ECSClient {
  return new ECSClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'dummy' },
  })
}

test('starts a task for an SDK client', async () => {
  await using server = await startProvider({ clock: createStandingClock() })
  const response = await createClient(server.url).send(
    new StartTaskCommand({ taskDefinition: 'hello_world', containerInstances: [HEALTHY] }),
  )
  expect(response.failures).toEqual([])
  expect(response.tasks?.[0]).toMatchObject({
    lastStatus: 'PENDING',
    createdAt: new Date(SAMPLE_TIME),
    containerInstanceArn: INSTANCE_ARN,
  })
  expect(response.$metadata).toMatchObject({
    httpStatusCode: 200,
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
  })
})

test('starts a part of the tasks for an SDK client', async () => {
  await using server = await startProvider()
  const command = new StartTaskCommand({
    taskDefinition: 'hello_world',
    containerInstances: [DISCONNECTED, HEALTHY],
  })
  const response = await createClient(server.url).send(command)
  expect(response.tasks).toHaveLength(1)
  expect(response.failures).toMatchObject([{ reason: 'AGENT' }])
})

test('starts nothing for an SDK client, with HTTP 200', async () => {
  await using server = await startProvider()
  const command = new StartTaskCommand({
    taskDefinition: 'hello_world',
    containerInstances: [DISCONNECTED],
  })
  const response = await createClient(server.url).send(command)
  expect(response.$metadata.httpStatusCode).toBe(200)
  expect(response.tasks).toEqual([])
  expect(response.failures).toMatchObject([{ reason: 'AGENT' }])
})

test('rejects with an error of its own class in an SDK client, in one attempt, whatever the clock of the provider says', async () => {
  await using server = await startProvider({ clock: createStandingClock() })
  const command = new StartTaskCommand({
    cluster: 'none',
    taskDefinition: 'hello_world',
    containerInstances: [HEALTHY],
  })
  const error = await createClient(server.url)
    .send(command)
    .catch((caught: unknown) => caught)
  expect(error).toBeInstanceOf(ClusterNotFoundException)
  expect(error).toMatchObject({
    message: 'Cluster not found.',
    $metadata: { httpStatusCode: 400, attempts: 1 },
  })
})

test('answers what an SDK client asks about its tasks', async () => {
  const clock = createStandingClock()
  await using server = await startProvider({ clock })
  const client = createClient(server.url)
  const { containerInstanceArns } = await client.send(new ListContainerInstancesCommand({}))
  const command = new StartTaskCommand({
    taskDefinition: 'hello_world',
    containerInstances: containerInstanceArns?.slice(0, 1),
    startedBy: 'me',
  })
  await client.send(command)
  const { taskArns: tasks } = await client.send(new ListTasksCommand({ startedBy: 'me' }))
  clock.at += 1000
  expect(await waitUntilTasksRunning({ client, maxWaitTime: 10 }, { tasks })).toMatchObject({
    state: 'SUCCESS',
  })
  const { task } = await client.send(new StopTaskCommand({ task: tasks?.[0], reason: 'enough' }))
  expect(task).toMatchObject({
    lastStatus: 'STOPPED',
    stoppedReason: 'enough',
    stoppedAt: new Date(SAMPLE_TIME + 1000),
  })
  const described = await client.send(new DescribeTasksCommand({ tasks }))
  expect(described.tasks).toMatchObject([{ desiredStatus: 'STOPPED', stopCode: 'UserInitiated' }])
})

test('answers a web page of another origin with HTTP 403 and an AWS error', async () => {
  await using server = await startProvider()
  const response = await fetch(server.url, {
    method: 'POST',
    headers: { origin: 'https://example.com' },
    body: '{}',
  })
  expect(response.status).toBe(403)
  expect(await response.json()).toMatchObject({ __type: 'RequestRefused' })
})

test('answers a body above the limit with HTTP 413', async () => {
  await using server = await startProvider()
  const response = await fetch(server.url, {
    method: 'POST',
    body: 'x'.repeat(4 * 1024 * 1024 + 1),
  })
  expect(response.status).toBe(413)
})

test.each([{ prot: 1 }, { port: -1 }, { port: 1.5 }, { seed: Number.NaN }])(
  'refuses the options %j',
  async (options) => {
    await expect(startProvider(options)).rejects.toMatchObject({
      name: 'HarnessError',
      code: 'usage',
    })
  },
)

test('stops twice as once', async () => {
  const server = await startProvider()
  await Promise.all([server.stop(), server.stop()])
  await expect(fetch(server.url)).rejects.toThrow('fetch failed')
})
