import { request as sendHttps } from 'node:https'

import { DescribeTasksCommand, ECSClient, StartTaskCommand } from '@aws-sdk/client-ecs'
import AWS from 'aws-sdk'
import { expect, test } from 'vitest'

import { checkResponse } from '../../src/contract/index.ts'
import {
  describeOutcomes,
  listOutcomeCases,
  type OutcomeService,
  runOutcomes,
  type TestFunction,
} from '../../src/outcomes/index.ts'
import { runJob } from '../consumers/batch-runner.ts'
import { runJobHastily } from '../consumers/hasty-runner.ts'
import { EXPECTATIONS, JOB, makeClient } from '../consumers/job-expectations.ts'

const INPUT = {
  taskDefinition: 'web',
  containerInstances: ['i-1', 'i-2'],
  cluster: 'blue',
  startedBy: 'kit',
}
const HEADERS = {
  'content-type': 'application/x-amz-json-1.1',
  'x-amz-target': 'AmazonEC2ContainerServiceV20141113.StartTask',
}

/** What one case answers to an SDK client of version 3. */
function startTask({ requestHandler }: OutcomeService) {
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' }
  return new ECSClient({ region: 'us-east-1', credentials, requestHandler }).send(
    new StartTaskCommand(INPUT),
  )
}

test('passes the caller that reads failures', async () => {
  const report = await runOutcomes((service) => runJob(makeClient(service), JOB), EXPECTATIONS)
  expect(report.results.filter(({ verdict }) => verdict !== 'passed')).toEqual([])
})

test('fails the caller with the classic bug, and names the cases', async () => {
  const { results } = await runOutcomes(
    (service) => runJobHastily(makeClient(service), JOB),
    EXPECTATIONS,
  )
  const failed = results.filter(({ verdict }) => verdict === 'failed')
  expect(failed.map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      'partial',
      'unplaced: AGENT',
      'unplaced: RESOURCE:MEMORY',
      'unreadable: empty-200',
    ]),
  )
  expect(failed.find(({ name }) => name === 'unplaced: AGENT')?.message).toBe(
    'unplaced: AGENT: HTTP 200 without a task: The container agent of the instance is not connected.\n' +
      "  got        returned { kind: 'started', tasks: 2 }\n  failed     unplaced: AGENT must be told as unplaced, with its reason",
  )
})

test('finds the classic bug where nothing was said about it', async () => {
  const report = await runOutcomes((service) => runJobHastily(makeClient(service), JOB))
  expect([report.failed, report.results.at(-1)]).toEqual([
    1,
    {
      name: 'failures are no success',
      says: 'what the code does when no task was started differs from what it does when all were',
      verdict: 'failed',
      message:
        'failures are no success: when no container instance took the task, the code did what it does when all did.\n' +
        "  started    returned { kind: 'started', tasks: 2 }\n  unplaced   returned { kind: 'started', tasks: 2 }\n" +
        '  remedy     read failures of an HTTP 200 response, and report them to your callers',
    },
  ])
})

test('leaves it to the user who says what failures mean', async () => {
  const callHastily = (service: OutcomeService) => runJobHastily(makeClient(service), JOB)
  expect(
    await runOutcomes(callHastily, { unplaced: { returns: { kind: 'started', tasks: 2 } } }),
  ).toMatchObject({ failed: 0 })
})

test('lists what nothing was said about as not covered', async () => {
  const { notCovered } = await runOutcomes(startTask, {
    started: () => {},
    unplaced: () => {},
    rejected: () => {},
  })
  expect(notCovered).toEqual(
    expect.arrayContaining([
      'partial',
      'unreadable: reset',
      'retried: throttled, then started',
      'newer: unknown members',
    ]),
  )
  expect(notCovered.filter((name) => /^(?:started|unplaced|rejected)/.test(name))).toEqual([])
})

test('refuses an expectation that names no outcome', async () => {
  await expect(runOutcomes(startTask, { unplacable: () => {} })).rejects.toThrow(
    'Unknown outcome: "unplacable".',
  )
})

test('knows every documented reason and error', () => {
  const names = listOutcomeCases().map(({ name }) => name)
  expect(names.filter((name) => name.startsWith('unplaced: ')).length).toBe(13)
  expect(names.filter((name) => name.startsWith('rejected: ')).length).toBe(27)
  expect(new Set(names).size).toBe(names.length)
})

test('answers as documented wherever it does not say otherwise', () => {
  const odd = /null|newer|unknown|strange/
  for (const { name, exchange } of listOutcomeCases().filter(
    (outcome) => !odd.test(outcome.name),
  )) {
    const findings = 'body' in exchange.response ? checkResponse(exchange.response.body) : []
    expect([name, findings]).toEqual([name, []])
  }
})

test("answers with the request's own cluster, tasks and names", async () => {
  const met: unknown[] = []
  await runOutcomes(startTask, { partial: ({ result }) => void met.push(result) })
  const arn = (kind: string) => `arn:aws:ecs:us-east-1:012345678910:${kind}/blue`
  expect(met).toMatchObject([
    {
      tasks: [
        {
          clusterArn: arn('cluster'),
          containerInstanceArn: `${arn('container-instance')}/i-1`,
          startedBy: 'kit',
          group: 'family:web',
        },
      ],
      failures: [{ arn: `${arn('container-instance')}/i-2`, reason: 'RESOURCE:MEMORY' }],
    },
  ])
})

test('leaves a list out, or null, where the case says so', async () => {
  const bodies = new Map<string, unknown>()
  const read = async ({ fetch, name }: OutcomeService) => {
    const response = await fetch('https://ecs.us-east-1.amazonaws.com/', {
      method: 'POST',
      headers: HEADERS,
      body: JSON.stringify(INPUT),
    })
    bodies.set(name, await response.json())
  }
  await runOutcomes(read, { started: () => {}, unplaced: () => {} })
  expect(bodies.get('started: failures absent')).not.toHaveProperty('failures')
  expect(bodies.get('started: failures null')).toMatchObject({ failures: null })
  expect(bodies.get('unplaced: tasks absent')).not.toHaveProperty('tasks')
  expect(bodies.get('unplaced: tasks null')).toMatchObject({
    tasks: null,
    failures: [{ reason: 'MISSING' }, { reason: 'MISSING' }],
  })
})

test.each<[string, (service: OutcomeService) => Promise<number>]>([
  [
    'AWS SDK v3 by its request handler',
    async (service) => (await startTask(service)).failures?.length ?? 0,
  ],
  [
    'AWS SDK v2 by the endpoint',
    async ({ url }) => {
      const ecs = new AWS.ECS({
        endpoint: url,
        region: 'us-east-1',
        credentials: new AWS.Credentials('AKIDEXAMPLE', 'secret'),
      })
      return (await ecs.startTask(INPUT).promise()).failures?.length ?? 0
    },
  ],
  [
    'fetch',
    async ({ fetch }) => {
      const response = await fetch('https://ecs.us-east-1.amazonaws.com/', {
        method: 'POST',
        headers: HEADERS,
        body: JSON.stringify(INPUT),
      })
      const { failures }: { failures: unknown[] } = await response.json()
      return failures.length
    },
  ],
  [
    'node:https by the agent',
    ({ agent }) =>
      new Promise((resolve, reject) => {
        const sent = sendHttps(
          'https://ecs.us-east-1.amazonaws.com/',
          { method: 'POST', headers: HEADERS, agent },
          (response) => {
            let text = ''
            response.setEncoding('utf8').on('data', (piece: string) => (text += piece))
            response.on('end', () => resolve(JSON.parse(text).failures.length))
          },
        )
        sent.on('error', reject).end(JSON.stringify(INPUT))
      }),
  ],
])('serves %s', async (_client, call) => {
  const report = await runOutcomes(call, { 'unplaced: AGENT': { returns: 2, requests: 1 } })
  expect([report.failed, report.passed]).toEqual([0, 2])
})

test('counts the attempts that a client makes', async () => {
  const { results } = await runOutcomes(startTask, {
    'rejected: ServerException': { throws: 'ServerException', requests: 3 },
    'retried: launched with a 500, then started again': {
      returns: { tasks: [] },
      requests: 1,
    } as never,
    'rejected: ClientException': { throws: /^ClientException$/, requests: 2 },
  })
  const messages = results.flatMap(({ message }) => message ?? [])
  expect(messages).toHaveLength(2)
  expect(messages[0]).toContain('expected   2 StartTask requests\n  got        1 StartTask request')
  expect(messages[1]).toContain('expected   to return { tasks: [] }')
})

test('compares errors by name and message', async () => {
  const report = await runOutcomes(startTask, {
    'rejected: ClusterNotFoundException': { throws: 'ClientException' },
  })
  expect(report.results.find(({ verdict }) => verdict === 'failed')?.message).toMatch(
    /expected {3}to throw ClientException\n {2}got {8}threw ClusterNotFoundException: /,
  )
})

test('answers other operations from the recordings that are given', async () => {
  const describe = async ({ requestHandler }: OutcomeService) => {
    const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' }
    const client = new ECSClient({ region: 'us-east-1', credentials, requestHandler })
    await client.send(new StartTaskCommand(INPUT))
    const again = await client.send(new StartTaskCommand(INPUT))
    if (again.tasks?.length !== 2)
      throw new Error('StartTask was answered by what was recorded of it.')
    return (await client.send(new DescribeTasksCommand({ tasks: ['a'] }))).tasks?.[0]?.lastStatus
  }
  const exchange = (operation: string, body: object) => ({
    operation,
    startedAtMs: 0,
    request: {
      headers: { ...HEADERS, 'x-amz-target': `AmazonEC2ContainerServiceV20141113.${operation}` },
      body: {},
    },
    response: { status: 200, headers: { 'content-type': 'application/x-amz-json-1.1' }, body },
  })
  const recording = {
    format: 'starttask-recording',
    version: 1,
    recordedAt: '2026-11-24T00:00:00.000Z',
    provenance: {},
    exchanges: [
      exchange('StartTask', { tasks: [], failures: [] }),
      exchange('DescribeTasks', { tasks: [{ lastStatus: 'RUNNING' }] }),
    ],
  } as const
  const report = await runOutcomes(
    describe,
    { started: { returns: 'RUNNING' } },
    { recordings: [{ ...recording, exchanges: [...recording.exchanges] }] },
  )
  expect(report.results.find(({ name }) => name === 'started')).toMatchObject({ verdict: 'passed' })
})

test('gives up on code that does not come back', async () => {
  const report = await runOutcomes(
    () => new Promise<never>(() => {}),
    { started: { returns: 1 as never } },
    { timeoutMs: 20 },
  )
  expect(report.results[0]).toMatchObject({
    verdict: 'failed',
    message: expect.stringContaining('did not come back from "started" within 20 ms'),
  })
})

test('says that code never asked the service', async () => {
  const report = await runOutcomes(() => 1)
  expect(report.results.at(-1)?.message).toBe(
    'failures are no success: the code sent no StartTask request to the service that it was given.',
  )
})

test('registers a test for each case, and a todo for what is not covered', async () => {
  const registered: { title: string; run: () => Promise<void> }[] = []
  const open: string[] = []
  const runner: TestFunction = Object.assign(
    (title: string, run: () => Promise<void>) => void registered.push({ title, run }),
    {
      todo: (title: string) => void open.push(title),
    },
  )
  describeOutcomes(
    startTask,
    { started: () => {}, 'unplaced: AGENT': { throws: 'never' } },
    { test: runner },
  )
  expect(registered.map(({ title }) => title.split(': ')[0])).toEqual([
    'started',
    'started',
    'started',
    'unplaced',
    'failures are no success',
  ])
  expect(open).toHaveLength(listOutcomeCases().length - 4)
  expect(open[0]).toMatch(/^not covered: partial: HTTP 200 with a task/)
  await expect(registered[3]?.run()).rejects.toThrow('expected   to throw never')
  await expect(registered[0]?.run()).resolves.toBeUndefined()
})

test('asks for a test function where none is global', () => {
  expect(() => describeOutcomes(startTask)).toThrow(
    'describeOutcomes finds no global test function.',
  )
})
