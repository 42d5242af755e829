import { expect, test } from 'vitest'

import {
  ARN,
  createTestProvider,
  HEALTHY,
  HEALTHY_TOO,
  INSTANCE_ARN,
  readObjects,
  readTask,
  start,
} from './asking.ts'

test('answers the sample request of the page with a task like that of its sample response', async () => {
  const response = await start(createTestProvider())
  expect(response.status).toBe(200)
  expect(response.body['failures']).toEqual([])
  const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}'
  const taskArn = expect.stringMatching(new RegExp(`^${ARN}:task/default/${uuid}$`))
  const container = {
    containerArn: expect.stringMatching(new RegExp(`^${ARN}:container/default/${uuid}$`)),
    lastStatus: 'PENDING',
    taskArn,
  }
  expect(response.body['tasks']).toEqual([
    {
      clusterArn: `${ARN}:cluster/default`,
      containerInstanceArn: INSTANCE_ARN,
      containers: [
        { ...container, name: 'wordpress', image: 'wordpress', cpu: '10', memory: '500' },
        { ...container, name: 'mysql', image: 'mysql', cpu: '10', memory: '500' },
      ],
      cpu: '20',
      createdAt: 1479765460.842,
      desiredStatus: 'RUNNING',
      group: 'family:hello_world',
      lastStatus: 'PENDING',
      memory: '1000',
      overrides: { containerOverrides: [{ name: 'wordpress' }, { name: 'mysql' }] },
      taskArn,
      taskDefinitionArn: `${ARN}:task-definition/hello_world:6`,
      version: 1,
    },
  ])
})

test('starts the latest active revision when the request names none', async () => {
  const provider = createTestProvider(({ taskDefinitions: [six] }) => {
    if (!six) return {}
    return {
      taskDefinitions: [
        { ...six, revision: 10 },
        six,
        { ...six, revision: 11, status: 'INACTIVE' as const },
      ],
    }
  })
  expect(readTask(await start(provider))['taskDefinitionArn']).toBe(
    `${ARN}:task-definition/hello_world:10`,
  )
})

test.each([
  { taskDefinition: 'hello_world:6' },
  { taskDefinition: `${ARN}:task-definition/hello_world:6` },
])('takes a task definition by $taskDefinition', async (members) => {
  expect(readTask(await start(createTestProvider(), members))['taskDefinitionArn']).toBe(
    `${ARN}:task-definition/hello_world:6`,
  )
})

test.each([{ cluster: 'default' }, { cluster: `${ARN}:cluster/default` }])(
  'takes a cluster by $cluster',
  async (members) => {
    expect(readTask(await start(createTestProvider(), members))['clusterArn']).toBe(
      `${ARN}:cluster/default`,
    )
  },
)

test.each([HEALTHY, INSTANCE_ARN, `${ARN}:container-instance/${HEALTHY}`])(
  'takes a container instance by %s',
  async (reference) => {
    const response = await start(createTestProvider(), { containerInstances: [reference] })
    expect(readTask(response)['containerInstanceArn']).toBe(INSTANCE_ARN)
  },
)

test('starts one task for each entry, the same instance twice included', async () => {
  const response = await start(createTestProvider(), {
    containerInstances: [HEALTHY, HEALTHY_TOO, HEALTHY],
  })
  const tasks = readObjects(response.body, 'tasks')
  expect(tasks.map((task) => String(task['containerInstanceArn']).split('/').at(-1))).toEqual([
    HEALTHY,
    HEALTHY_TOO,
    HEALTHY,
  ])
  expect(new Set(tasks.map((task) => task['taskArn'])).size).toBe(3)
})

test('echoes group, startedBy, tags and enableExecuteCommand', async () => {
  const members = {
    group: 'nightly',
    startedBy: 'job/7',
    tags: [{ key: 'team', value: 'data' }, { key: 'bare' }],
    enableExecuteCommand: true,
  }
  expect(readTask(await start(createTestProvider(), members))).toMatchObject(members)
})

test('leaves referenceId out, which the page has in no response', async () => {
  expect(readTask(await start(createTestProvider(), { referenceId: 'r-1' }))).not.toHaveProperty(
    'referenceId',
  )
})

test('keeps the tags of the definition to itself unless propagateTags asks for them', async () => {
  const provider = createTestProvider(({ taskDefinitions }) => ({
    taskDefinitions: taskDefinitions.map((definition) => ({
      ...definition,
      tags: [{ key: 'owner', value: 'web' }],
    })),
  }))
  expect(readTask(await start(provider))).not.toHaveProperty('tags')
  expect(readTask(await start(provider, { propagateTags: 'NONE' }))).not.toHaveProperty('tags')
  expect(readTask(await start(provider, { propagateTags: 'SERVICE' }))).not.toHaveProperty('tags')
})

test('adds the tags of the definition on request, behind those of the request, which win', async () => {
  const provider = createTestProvider(({ taskDefinitions }) => ({
    taskDefinitions: taskDefinitions.map((definition) => ({
      ...definition,
      tags: [
        { key: 'owner', value: 'web' },
        { key: 'team', value: 'theirs' },
      ],
    })),
  }))
  const response = await start(provider, {
    propagateTags: 'TASK_DEFINITION',
    tags: [{ key: 'team', value: 'ours' }],
  })
  expect(readTask(response)['tags']).toEqual([
    { key: 'team', value: 'ours' },
    { key: 'owner', value: 'web' },
  ])
})

test('shows given overrides in the order of the containers, a bare name for the others', async () => {
  const override = {
    name: 'mysql',
    cpu: 64,
    command: ['mysqld'],
    environment: [{ name: 'A', value: 'B' }],
  }
  const task = readTask(
    await start(createTestProvider(), { overrides: { containerOverrides: [override] } }),
  )
  expect(task['overrides']).toEqual({ containerOverrides: [{ name: 'wordpress' }, override] })
  expect(task['cpu']).toBe('74')
  expect(readObjects(task, 'containers').map((container) => container['cpu'])).toEqual(['10', '64'])
})

test('reads task-level overrides in units or in words', async () => {
  const response = await start(createTestProvider(), {
    overrides: { cpu: '0.5 vCPU', memory: '2GB' },
  })
  expect(readTask(response)).toMatchObject({
    cpu: '512',
    memory: '2048',
    overrides: { cpu: '0.5 vCPU', memory: '2GB' },
  })
})

test('names resources of a region in China in that partition', async () => {
  const response = await start(createTestProvider(() => ({ region: 'cn-north-1' })))
  expect(readTask(response)['clusterArn']).toBe(
    'arn:aws-cn:ecs:cn-north-1:012345678910:cluster/default',
  )
})
