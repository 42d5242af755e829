import { expect, test } from 'vitest'

import { createDefaultState, createProvider } from '../../src/provider/index.ts'
import {
  ARN,
  ask,
  createStandingClock,
  createTestProvider,
  DISCONNECTED,
  HEALTHY,
  HEALTHY_TOO,
  INSTANCE_ARN,
  readId,
  readObjects,
  readTask,
  SAMPLE_TIME,
  SHORT_OF_MEMORY,
  start,
} from './asking.ts'

test('lists the container instances of a cluster, the disconnected one included', async () => {
  const { body } = await ask(createTestProvider(), 'ListContainerInstances', {})
  const ids = [HEALTHY, HEALTHY_TOO, DISCONNECTED, SHORT_OF_MEMORY]
  expect(body).toEqual({
    containerInstanceArns: ids.map((id) => `${ARN}:container-instance/default/${id}`),
  })
})

test('lists no inactive container instance', async () => {
  const provider = createTestProvider(({ clusters }) => ({
    clusters: clusters.map((cluster) => ({
      ...cluster,
      containerInstances: cluster.containerInstances.map((instance) =>
        instance.id === HEALTHY ? instance : { ...instance, status: 'INACTIVE' as const },
      ),
    })),
  }))
  expect((await ask(provider, 'ListContainerInstances', {})).body).toEqual({
    containerInstanceArns: [INSTANCE_ARN],
  })
})

test('pages a list', async () => {
  const provider = createTestProvider()
  const first = await ask(provider, 'ListContainerInstances', { maxResults: 3 })
  expect(first.body['containerInstanceArns']).toHaveLength(3)
  const last = await ask(provider, 'ListContainerInstances', {
    maxResults: 3,
    nextToken: first.body['nextToken'],
  })
  expect(last.body).toEqual({
    containerInstanceArns: [`${ARN}:container-instance/default/${SHORT_OF_MEMORY}`],
  })
})

test('lists at most 100 tasks in one response', async () => {
  const provider = createTestProvider(({ taskDefinitions }) => ({
    taskDefinitions: taskDefinitions.map((definition) => ({ ...definition, cpu: 0, memory: 0 })),
  }))
  for (let round = 0; round < 11; round++)
    await start(provider, { containerInstances: Array.from({ length: 10 }, () => HEALTHY) })
  const first = await ask(provider, 'ListTasks', {})
  expect(first.body['taskArns']).toHaveLength(100)
  const last = await ask(provider, 'ListTasks', { nextToken: first.body['nextToken'] })
  expect(last.body['taskArns']).toHaveLength(10)
  expect(last.body).not.toHaveProperty('nextToken')
})

test('describes a task as PENDING, and as RUNNING one second after it was created', async () => {
  const clock = createStandingClock()
  const provider = createProvider({ clock })
  const id = readId(await start(provider))
  clock.at = SAMPLE_TIME + 999
  expect(readTask(await ask(provider, 'DescribeTasks', { tasks: [id] }))).toMatchObject({
    lastStatus: 'PENDING',
    version: 1,
  })
  clock.at = SAMPLE_TIME + 1000
  const task = readTask(await ask(provider, 'DescribeTasks', { tasks: [id] }))
  expect(task).toMatchObject({
    lastStatus: 'RUNNING',
    desiredStatus: 'RUNNING',
    startedAt: 1479765461.842,
    version: 2,
  })
  expect(readObjects(task, 'containers').map((container) => container['lastStatus'])).toEqual([
    'RUNNING',
    'RUNNING',
  ])
})

test('reports a task that is not in the cluster as MISSING', async () => {
  const provider = createTestProvider(({ clusters }) => ({
    clusters: [...clusters, { name: 'other', containerInstances: [] }],
  }))
  const id = readId(await start(provider))
  const { status, body } = await ask(provider, 'DescribeTasks', {
    cluster: 'other',
    tasks: [id, `${ARN}:task/default/${id}`],
  })
  expect(status).toBe(200)
  expect(body).toEqual({
    failures: [
      { arn: `${ARN}:task/other/${id}`, reason: 'MISSING' },
      { arn: `${ARN}:task/default/${id}`, reason: 'MISSING' },
    ],
    tasks: [],
  })
})

test('describes tags only on request', async () => {
  const provider = createTestProvider()
  const tags = [{ key: 'team', value: 'data' }]
  const tasks = [readId(await start(provider, { tags }))]
  expect(readTask(await ask(provider, 'DescribeTasks', { tasks }))).not.toHaveProperty('tags')
  expect(
    readTask(await ask(provider, 'DescribeTasks', { tasks, include: ['TAGS'] }))['tags'],
  ).toEqual(tags)
})

test('stops a task with the reason given', async () => {
  const provider = createTestProvider()
  const id = readId(await start(provider))
  const { body } = await ask(provider, 'StopTask', {
    task: `${ARN}:task/default/${id}`,
    reason: 'enough',
  })
  expect(body['task']).toMatchObject({
    desiredStatus: 'STOPPED',
    lastStatus: 'STOPPED',
    stopCode: 'UserInitiated',
    stoppedAt: 1479765460.842,
    stoppedReason: 'enough',
    version: 2,
  })
})

test('describes a task that ran and was stopped in its third version', async () => {
  const clock = createStandingClock()
  const provider = createProvider({ clock })
  const id = readId(await start(provider))
  clock.at += 5000
  await ask(provider, 'StopTask', { task: id })
  clock.at += 5000
  const task = readTask(await ask(provider, 'DescribeTasks', { tasks: [id] }))
  expect(task).toMatchObject({
    lastStatus: 'STOPPED',
    startedAt: 1479765461.842,
    stoppedAt: 1479765465.842,
    version: 3,
  })
  expect(task).not.toHaveProperty('stoppedReason')
})

test('leaves a stopped task as it is when it is stopped again', async () => {
  const provider = createTestProvider()
  const id = readId(await start(provider))
  const first = await ask(provider, 'StopTask', { task: id, reason: 'first' })
  expect(await ask(provider, 'StopTask', { task: id, reason: 'second' })).toEqual(first)
})

test('refuses to stop a task that it does not have', async () => {
  const { body } = await ask(createTestProvider(), 'StopTask', { task: 'none' })
  expect(body).toEqual({
    __type: 'InvalidParameterException',
    message: 'The referenced task was not found.',
  })
})

test('lists tasks by who started them, where, of which family and with which desired status', async () => {
  const provider = createTestProvider()
  const first = readId(await start(provider, { startedBy: 'job-1' }))
  const second = readId(await start(provider, { containerInstances: [HEALTHY_TOO] }))
  const list = async (members: object) =>
    (await ask(provider, 'ListTasks', members)).body['taskArns']
  const [one, two] = [first, second].map((id) => `${ARN}:task/default/${id}`)
  expect(await list({})).toEqual([one, two])
  expect(await list({ startedBy: 'job-1' })).toEqual([one])
  expect(await list({ containerInstance: HEALTHY_TOO })).toEqual([two])
  expect(await list({ family: 'hello_world' })).toEqual([one, two])
  expect(await list({ family: 'hello' })).toEqual([])
  expect(await list({ desiredStatus: 'PENDING' })).toEqual([])
  await ask(provider, 'StopTask', { task: first })
  expect(await list({ desiredStatus: 'STOPPED' })).toEqual([one])
  expect(await list({})).toEqual([two])
})

test('refuses startedBy beside another filter', async () => {
  const { body } = await ask(createTestProvider(), 'ListTasks', {
    startedBy: 'job-1',
    family: 'hello_world',
  })
  expect(body['message']).toBe('cannot specify startedBy with other arguments')
})

test.each([
  { operation: 'ListContainerInstances', body: { filter: 'attribute:x' }, named: 'filter' },
  { operation: 'DescribeTasks', body: { tasks: ['t'], extra: 1 }, named: 'extra' },
  { operation: 'StopTask', body: { task: 't', force: true }, named: 'force' },
  { operation: 'ListTasks', body: { serviceName: 'web' }, named: 'serviceName' },
  { operation: 'ListTasks', body: { startedBy: ['job'] }, named: 'startedBy' },
  { operation: 'DescribeTasks', body: { tasks: 't' }, named: 'tasks' },
])('refuses by name what $operation does not know: $named', async ({ operation, body, named }) => {
  const response = await ask(createTestProvider(), operation, body)
  expect(response).toMatchObject({
    status: 400,
    body: { __type: 'InvalidParameterException', message: expect.stringContaining(named) },
  })
})

test.each(['ListContainerInstances', 'DescribeTasks', 'StopTask', 'ListTasks'])(
  'tells %s of an unknown cluster',
  async (operation) => {
    const members = { DescribeTasks: { tasks: ['t'] }, StopTask: { task: 't' } }[operation] ?? {}
    const { body } = await ask(createProvider({ state: createDefaultState() }), operation, {
      cluster: 'none',
      ...members,
    })
    expect(body['__type']).toBe('ClusterNotFoundException')
  },
)
