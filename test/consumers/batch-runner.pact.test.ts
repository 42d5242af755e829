import { ECSClient } from '@aws-sdk/client-ecs'
import { afterAll, expect, test } from 'vitest'

import { consumerContract } from '../../src/pact/index.ts'
import { runJob } from './batch-runner.ts'
import { JOB } from './job-expectations.ts'

const contract = consumerContract({
  consumer: 'batch-runner',
  dir: 'contracts/pacts',
  testFile: import.meta.url,
})
afterAll(() => contract.finish())

const REQUEST = {
  cluster: JOB.cluster,
  taskDefinition: JOB.taskDefinition,
  startedBy: JOB.startedBy,
  containerInstances: JOB.candidates.slice(0, JOB.copies),
}
const TASK = {
  taskArn: 'arn:aws:ecs:us-east-1:012345678910:task/default/fdf2c302-468c-4e55-b884-5331d816e7fb',
  containerInstanceArn:
    'arn:aws:ecs:us-east-1:012345678910:container-instance/default/4c543eed-f83f-47da-b1d8-3d23f1da4c64',
  createdAt: 1479765460.842,
  lastStatus: 'PENDING',
}
const [FIRST = '', SECOND = ''] = JOB.candidates

const run = (url: string) => {
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' }
  const candidates = JOB.candidates.slice(0, JOB.copies)
  return runJob(
    new ECSClient({ region: 'us-east-1', credentials, maxAttempts: 1, endpoint: url }),
    { ...JOB, candidates },
  )
}

const { cluster, taskDefinition, containerInstances } = REQUEST

test('starts its tasks', async () => {
  const result = await contract
    .given('container instances can take the task', { cluster, taskDefinition, containerInstances })
    .uponReceiving('a StartTask on two container instances', REQUEST)
    .respondWith({ outcome: 'started', tasks: [TASK] })
    .run(({ url }) => run(url))
  expect(result).toEqual({ kind: 'short', tasks: 1, reasons: [] }) // the example has one task for two
})

test('tells how many tasks it got and why not all', async () => {
  const failures = [{ containerInstance: SECOND, reason: 'MISSING' }]
  const result = await contract
    .given('container instances cannot take the task', {
      cluster,
      taskDefinition,
      containerInstances: [FIRST],
      failures,
    })
    .uponReceiving('a StartTask on two container instances of which one is missing', REQUEST)
    .respondWith({
      outcome: 'partial',
      tasks: [TASK],
      failures: [{ arn: nameInstance(SECOND), reason: 'MISSING' }],
    })
    .run(({ url }) => run(url))
  expect(result).toEqual({ kind: 'short', tasks: 1, reasons: ['MISSING'] })
})

test.each(['AGENT', 'INACTIVE', 'RESOURCE:CPU', 'RESOURCE:MEMORY'])(
  'takes %s on all container instances for what it is',
  async (reason) => {
    const failures = containerInstances.map((containerInstance) => ({ containerInstance, reason }))
    const result = await contract
      .given('container instances cannot take the task', { cluster, taskDefinition, failures })
      .uponReceiving(`a StartTask on two container instances that refuse it for ${reason}`, REQUEST)
      .respondWith(
        { outcome: 'unplaced', failures: [{ arn: nameInstance(FIRST), reason }] },
        { exactly: ['/failures/0/reason'] },
      )
      .run(({ url }) => run(url))
    expect(result).toEqual({ kind: 'unplaced', reasons: [reason] })
  },
)

test('is refused where there is no such cluster', async () => {
  const result = await contract
    .given('the cluster does not exist', { cluster })
    .uponReceiving('a StartTask in a cluster that does not exist', REQUEST)
    .respondWith({
      outcome: 'rejected',
      error: 'ClusterNotFoundException',
      message: 'Cluster not found.',
    })
    .run(({ url }) => run(url))
  expect(result).toEqual({ kind: 'refused', error: 'ClusterNotFoundException' })
})

test('does not know what runs after an error of the service', async () => {
  const result = await contract
    .given('the service answers with an error', { error: 'ServerException', status: 500 })
    .uponReceiving('a StartTask that the service fails at', REQUEST)
    .respondWith({ outcome: 'rejected', error: 'ServerException' })
    .run(({ url }) => run(url))
  expect(result).toEqual({ kind: 'uncertain', error: 'ServerException' })
})

function nameInstance(id: string): string {
  return `arn:aws:ecs:us-east-1:012345678910:container-instance/default/${id}`
}
