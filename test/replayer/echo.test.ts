import { expect, test } from 'vitest'

import { checkResponse } from '../../src/contract/index.ts'
import { isTransportFailure } from '../../src/protocol/index.ts'
import { createReplayer, type ReplayOptions } from '../../src/replayer/engine/index.ts'
import {
  buildResponse,
  buildExchange,
  buildInput,
  buildRecording,
  OUTCOMES,
  STARTED,
  TARGET,
} from './recorded-exchanges.ts'

const NOW = Date.UTC(2026, 10, 24, 12)
const ANY: ReplayOptions = {
  echo: 'documented',
  afterLast: 'repeat',
  match: { ignore: ['/containerInstances', '/startedBy', '/cluster', '/group', '/tags'] },
  clock: { now: () => NOW, sleep: async () => {} },
}
const ARN = 'arn:aws:ecs:us-east-1:000058083549'
const RECORDED = 'fdf2c302-468c-4e55-b884-5331d816e7fb'

interface Body {
  tasks: Record<string, unknown>[]
  failures: Record<string, unknown>[]
}

function open(options: ReplayOptions = ANY, recording = buildRecording(STARTED)) {
  const replayer = createReplayer(recording, options)
  return async (more: object = {}): Promise<Body> => {
    const body = JSON.stringify({ ...buildInput('started'), ...more })
    const response = await replayer.respond({
      method: 'POST',
      url: '/',
      headers: { 'x-amz-target': TARGET },
      body,
    })
    if (isTransportFailure(response) || response.status !== 200)
      throw new Error(JSON.stringify(response))
    return JSON.parse(Buffer.from(response.body).toString())
  }
}

test('serves bodies as they were recorded unless it is asked for', async () => {
  const ask = open({ afterLast: 'repeat' })
  expect(await ask()).toEqual(
    isTransportFailure(STARTED.response) ? undefined : STARTED.response.body,
  )
})

test('takes over cluster, group, startedBy and tags', async () => {
  const tags = [{ key: 'team', value: 'blue' }]
  const { tasks } = await open()({ cluster: 'nightly', group: 'batch', startedBy: 'run-7', tags })
  expect(tasks).toMatchObject([
    { clusterArn: `${ARN}:cluster/nightly`, group: 'batch', startedBy: 'run-7', tags },
  ])
})

test('names nobody who started a task where the request named nobody, whoever was recorded', async () => {
  const recorded = { ...buildInput('started'), startedBy: 'of then' }
  const response = buildResponse(200, {
    tasks: [{ taskArn: `${ARN}:task/default/${RECORDED}`, startedBy: 'of then' }],
    failures: [],
  })
  const { tasks } = await open(ANY, buildRecording(buildExchange(recorded, response)))()
  expect(tasks[0]).not.toHaveProperty('startedBy')
})

test('takes a cluster by its ARN', async () => {
  const { tasks } = await open()({ cluster: `${ARN}:cluster/nightly` })
  expect(tasks).toMatchObject([
    { clusterArn: `${ARN}:cluster/nightly`, taskArn: `${ARN}:task/nightly/${RECORDED}` },
  ])
})

test('names the group after the family where none was sent, and nobody who started it', async () => {
  const { tasks } = await open()()
  expect(tasks).toMatchObject([{ group: 'family:web' }])
  expect(tasks[0]).not.toHaveProperty('startedBy')
})

test('gives one task for each container instance, each with an id of its own', async () => {
  const { tasks } = await open()({
    containerInstances: ['one', `${ARN}:container-instance/default/two`, 'three'],
  })
  expect(tasks.map(({ containerInstanceArn }) => containerInstanceArn)).toEqual(
    ['one', 'two', 'three'].map((id) => `${ARN}:container-instance/default/${id}`),
  )
  expect(new Set(tasks.map(({ taskArn }) => taskArn)).size).toBe(3)
  expect(tasks[0]).toMatchObject({ taskArn: `${ARN}:task/default/${RECORDED}` })
})

test('gives new ids from the second playing on, the same in each run', async () => {
  const read = ({ tasks }: Body) => tasks.map(({ taskArn }) => taskArn)
  const [one, other] = [open(), open()]
  const first = [read(await one()), read(await one())]
  expect(first[1]).not.toEqual(first[0])
  expect([read(await other()), read(await other())]).toEqual(first)
})

test('moves times to now', async () => {
  const { tasks } = await open()()
  expect(tasks).toMatchObject([{ createdAt: NOW / 1000 }])
})

test('keeps an unplaced instance unplaced, under the name that was sent', async () => {
  const partial = OUTCOMES[1]
  if (!partial) throw new Error('no partial outcome')
  const recorded = buildExchange(
    { ...buildInput('started'), containerInstances: ['first', 'gone'] },
    partial.response,
  )
  const body = await open(ANY, buildRecording(recorded))({ containerInstances: ['here', 'there'] })
  expect(body.tasks).toMatchObject([
    { containerInstanceArn: `${ARN}:container-instance/default/here` },
  ])
  expect(body.failures).toEqual([
    { arn: `${ARN}:container-instance/default/there`, reason: 'AGENT' },
  ])
})

test('finds the outcome that was recorded of an instance, wherever it is named', async () => {
  const partial = OUTCOMES[1]
  if (!partial) throw new Error('no partial outcome')
  const recorded = buildExchange(
    { ...buildInput('started'), containerInstances: ['first', 'gone'] },
    partial.response,
  )
  const body = await open(ANY, buildRecording(recorded))({ containerInstances: ['gone'] })
  expect(body).toMatchObject({ tasks: [], failures: [{ reason: 'AGENT' }] })
})

test('answers within the contract', async () => {
  const body = await open()({
    containerInstances: ['a', 'b'],
    tags: [{ key: 'k', value: 'v' }],
    startedBy: 'x',
    group: 'g',
    cluster: 'c',
  })
  expect(checkResponse(body).filter(({ severity }) => severity === 'error')).toEqual([])
})

test('leaves errors and responses of other operations as they were recorded', async () => {
  const described = {
    operation: 'DescribeTasks',
    startedAtMs: 0,
    request: { headers: {}, body: { tasks: ['a'] } },
  }
  const response = buildResponse(200, {
    tasks: [{ taskArn: `${ARN}:task/default/a`, createdAt: 1 }],
    failures: [],
  })
  const replayer = createReplayer(buildRecording({ ...described, response }), { ...ANY, match: {} })
  const headers = { 'x-amz-target': TARGET.replace('StartTask', 'DescribeTasks') }
  const served = await replayer.respond({
    method: 'POST',
    url: '/',
    headers,
    body: '{"tasks":["a"]}',
  })
  expect(
    isTransportFailure(served) ? undefined : JSON.parse(Buffer.from(served.body).toString()),
  ).toEqual(response.body)
})
