import { expect, test } from 'vitest'
import { checkResponse } from '../../src/contract/index.ts'

const arn = (resource: string): string => `arn:aws:ecs:us-east-1:012345678910:${resource}`
const task = 'task/default/fdf2c302-468c-4e55-b884-5331d816e7fb'
const sample = {
  failures: [],
  tasks: [
    {
      clusterArn: arn('cluster/default'),
      containerInstanceArn: arn('container-instance/default/4c543eed-f83f-47da-b1d8-3d23f1da4c64'),
      containers: [
        {
          containerArn: arn('container/e76594d4-27e1-4c74-98b5-46a6435eb769'),
          lastStatus: 'PENDING',
          name: 'wordpress',
          taskArn: arn(task),
        },
        {
          containerArn: arn('container/default/b19106ea-4fa8-4f1d-9767-96922c82b070'),
          lastStatus: 'PENDING',
          name: 'mysql',
          taskArn: arn(task),
        },
      ],
      createdAt: 1479765460.842,
      desiredStatus: 'RUNNING',
      lastStatus: 'PENDING',
      overrides: { containerOverrides: [{ name: 'wordpress' }, { name: 'mysql' }] },
      taskArn: arn(task),
      taskDefinitionArn: arn('task-definition/hello_world:6'),
      version: 1,
    },
  ],
}

test("has no finding in the page's sample response, in either view", () => {
  expect(checkResponse(sample)).toEqual([])
  expect(checkResponse(sample, 'expected')).toEqual([])
})

test('requires nothing in either view', () => {
  expect(checkResponse({})).toEqual([])
  expect(checkResponse({ tasks: [{}], failures: [{}] }, 'expected')).toEqual([])
})

test('notes an unknown member of a recorded response', () => {
  expect(checkResponse({ tasks: [{ novel: 1 }] })).toMatchObject([
    { pointer: '/tasks/0/novel', rule: 'response.unknownMember', severity: 'info' },
  ])
})

test('refuses an unknown member of an expected response', () => {
  expect(checkResponse({ tasks: [{ novel: 1 }] }, 'expected')).toMatchObject([
    { pointer: '/tasks/0/novel', rule: 'response.unknownMember', severity: 'error' },
  ])
})

test.each(['recorded', 'expected'] as const)('refuses a time as text in the %s view', (view) => {
  expect(checkResponse({ tasks: [{ createdAt: '2016-11-21T22:00:32Z' }] }, view)).toMatchObject([
    {
      pointer: '/tasks/0/createdAt',
      rule: 'response.tasks[].createdAt.type',
      severity: 'error',
      expected: 'number',
      actual: 'a string',
    },
  ])
})

test('notes a null member', () => {
  expect(checkResponse({ tasks: [{ stoppedAt: null }] })).toMatchObject([
    { rule: 'response.tasks[].stoppedAt.null', severity: 'info' },
  ])
})

test('has none of the limits on a request', () => {
  const tags = Array.from({ length: 60 }, () => ({
    key: 'aws:ecs:clusterName',
    value: 'v'.repeat(300),
  }))
  expect(
    checkResponse({ tasks: [{ startedBy: 'ecs-svc/ 1'.repeat(10), tags }] }, 'expected'),
  ).toEqual([])
})

test('never says what an environment holds', () => {
  const findings = checkResponse({
    tasks: [{ overrides: { containerOverrides: [{ environment: [{ value: ['hunter2'] }] }] } }],
  })
  expect(findings).toHaveLength(1)
  expect(JSON.stringify(findings)).not.toContain('hunter2')
})

test('notes a value that no enum of the model has in a recorded response, and refuses it in an expected one', () => {
  const body = { tasks: [{ launchType: 'ORBIT' }] }
  const about = { pointer: '/tasks/0/launchType', rule: 'response.tasks[].launchType.enum' }
  expect(checkResponse(body)).toMatchObject([{ ...about, severity: 'info' }])
  expect(checkResponse(body, 'expected')).toMatchObject([{ ...about, severity: 'error' }])
})

test('asks a recorded response for what the model requires, and an expected one for nothing', () => {
  const body = { tasks: [{ attributes: [{ value: 'linux' }] }] }
  expect(checkResponse(body)).toMatchObject([
    { pointer: '/tasks/0/attributes/0/name', severity: 'error' },
  ])
  expect(checkResponse(body, 'expected')).toEqual([])
})

test.each(['recorded', 'expected'] as const)(
  'warns of a member that a later model has, and since when, in a response that was %s',
  (view) => {
    const [finding, ...rest] = checkResponse(
      { tasks: [{ containers: [{ neuronDeviceIds: ['0'] }] }] },
      view,
    )
    expect(finding).toMatchObject({
      pointer: '/tasks/0/containers/0/neuronDeviceIds',
      severity: 'warning',
    })
    expect(finding?.message).toContain('since 2026-05-27')
    expect(rest).toEqual([])
  },
)
