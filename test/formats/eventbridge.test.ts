import { expect, test } from 'vitest'

import { checkResponse } from '../../src/contract/index.ts'
import { EVENTBRIDGE } from '../../src/formats/index.ts'
import { importBytes, makeRecord, makeTaskEvent } from './importing.ts'

const MADE_AT = Date.UTC(2026, 10, 24, 10, 0, 3, 540)

test('reads a task state change as the task that a response would have', async () => {
  const { tasks, findings } = await importBytes(EVENTBRIDGE, JSON.stringify(makeTaskEvent()))
  expect([findings, tasks.map(({ at, line }) => [at, line])]).toEqual([[], [[MADE_AT, 1]]])
  const [{ task } = { task: {} }] = tasks
  expect(task).toMatchObject({
    createdAt: Date.UTC(2026, 10, 24, 10, 0, 0, 710) / 1000,
    attachments: [{ type: 'ElasticNetworkInterface' }, { type: 'elb' }],
    containers: [{ managedAgents: [{ name: 'ExecuteCommandAgent', lastStatus: 'RUNNING' }] }],
  })
  expect(task).not.toHaveProperty('updatedAt')
  expect(
    checkResponse({ tasks: [task], failures: [] }).filter(({ severity }) => severity === 'error'),
  ).toEqual([])
})

const EVENT = makeTaskEvent()
test.each([
  ['one a line', `${JSON.stringify(EVENT)}\n${JSON.stringify(EVENT)}\n`],
  ['a list', JSON.stringify([EVENT, EVENT])],
  [
    'what aws logs filter-log-events prints',
    JSON.stringify(
      { events: [1, 2].map(() => ({ timestamp: 1, message: JSON.stringify(EVENT) })) },
      null,
      2,
    ),
  ],
  [
    'what aws sqs receive-message prints',
    JSON.stringify({ Messages: [1, 2].map(() => ({ Body: JSON.stringify(EVENT) })) }),
  ],
  [
    'a batch of a Lambda that SQS calls, behind SNS',
    JSON.stringify({
      Records: [1, 2].map(() => ({ body: JSON.stringify({ Message: JSON.stringify(EVENT) }) })),
    }),
  ],
  [
    'a batch of a Lambda that SNS calls',
    JSON.stringify({ Records: [1, 2].map(() => ({ Sns: { Message: JSON.stringify(EVENT) } })) }),
  ],
])('finds events in %s', async (_form, text) => {
  const { tasks, findings } = await importBytes(EVENTBRIDGE, text, { pieceBytes: 11 })
  expect([tasks.length, findings]).toEqual([2, []])
})

test('reads StartTask calls that came over the same bus', async () => {
  const call = {
    'detail-type': 'AWS API Call via CloudTrail',
    source: 'aws.ecs',
    detail: makeRecord(),
  }
  const { tasks, imported } = await importBytes(EVENTBRIDGE, JSON.stringify([call, EVENT]))
  expect([tasks.length, imported.map(({ exchange }) => exchange.operation)]).toEqual([
    1,
    ['StartTask'],
  ])
})

test('passes over other events', async () => {
  const other = [
    { ...EVENT, source: 'aws.ec2' },
    { ...EVENT, 'detail-type': 'ECS Container Instance State Change' },
    { any: 'thing' },
  ]
  expect(await importBytes(EVENTBRIDGE, JSON.stringify(other))).toEqual({
    imported: [],
    tasks: [],
    findings: [],
  })
})

test.each([
  ['no task', { detail: {} }, 'import.record'],
  ['no time', { time: 'late', detail: { taskArn: 'arn:t' } }, 'import.record'],
  [
    'no end of nesting',
    { detail: { taskArn: 'arn:t', deep: JSON.parse(`${'['.repeat(150)}${']'.repeat(150)}`) } },
    'import.too-deep',
  ],
])('leaves out an event with %s, and reads the next', async (_what, change, rule) => {
  const { tasks, findings } = await importBytes(
    EVENTBRIDGE,
    JSON.stringify([{ ...EVENT, ...change }, EVENT]),
  )
  expect([tasks.length, findings]).toEqual([
    1,
    [
      expect.objectContaining({
        rule,
        severity: 'error',
        line: 1,
        message: expect.stringMatching(/^record 1: /),
      }),
    ],
  ])
})

test('reads an event of another version, and says so', async () => {
  const { tasks, findings } = await importBytes(
    EVENTBRIDGE,
    JSON.stringify({ ...EVENT, version: '1' }),
  )
  expect([tasks.length, findings.map(({ rule, severity }) => [rule, severity])]).toEqual([
    1,
    [['import.version', 'warning']],
  ])
})
