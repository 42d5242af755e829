import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { ECSClient, StartTaskCommand } from '@aws-sdk/client-ecs'
import { MatchersV3, PactV4 } from '@pact-foundation/pact'

import type * as PactAdapter from '../src/pact/index.ts'
import type { Bench } from './bench.ts'

const TESTS = 12
const CONTENT_TYPE = 'application/x-amz-json-1.1'
const INPUT = {
  taskDefinition: 'web:12',
  containerInstances: ['i-1', 'i-2'],
  startedBy: 'batch/7',
  tags: [{ key: 'team', value: 'ml' }],
}
const TASK = {
  taskArn: 'arn:aws:ecs:us-east-1:012345678910:task/default/fdf2c302-468c-4e55-b884-5331d816e7fb',
  createdAt: 1479765460.842,
  lastStatus: 'PENDING',
}

export const bench: Bench = {
  title: `a file of ${TESTS} consumer tests with an SDK v3 client, the pact written: on bare Pact, and by our builder`,
  unit: 'ms',
  samplesPerRound: 3,
  async setUp() {
    const { consumerContract }: typeof PactAdapter = await import(
      join(import.meta.dirname, '../dist/pact.js')
    )
    const folder = mkdtempSync(join(tmpdir(), 'starttask-bench-'))
    const bare = () => time(() => runBare(join(folder, 'bare')))
    const ours = () => time(() => runOurs(consumerContract, join(folder, 'ours')))
    await bare()
    await ours()
    return {
      baseline: { name: '@pact-foundation/pact 17', measure: bare },
      competitors: [{ name: 'consumerContract', measure: ours }],
      claims: [
        {
          competitor: 'consumerContract',
          atMost: 1.3,
          says: 'a test by our builder costs at most 1.3 times one on bare Pact',
        },
      ],
      missing: [],
      async [Symbol.asyncDispose]() {
        rmSync(folder, { recursive: true })
      },
    }
  },
}

async function time(run: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await run()
  return performance.now() - start
}

async function send(url: string): Promise<void> {
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' }
  const client = new ECSClient({ endpoint: url, region: 'us-east-1', maxAttempts: 1, credentials })
  const { tasks } = await client.send(new StartTaskCommand(INPUT))
  client.destroy()
  if (tasks?.length !== 1) throw new Error('The mock service did not answer as it should.')
}

async function runBare(dir: string): Promise<void> {
  const { regex, string, number, eachLike, constrainedArrayLike } = MatchersV3
  const contentType = () => regex(String.raw`^application/x-amz-json-1\.1$`, CONTENT_TYPE)
  const pact = new PactV4({ consumer: 'bench', provider: 'AmazonECS', dir, logLevel: 'error' })
  const value = (name: string) => regex('^(?![aA][wW][sS]:).{1,128}$', name)
  for (let index = 0; index < TESTS; index++) {
    await pact
      .addInteraction()
      .given('ready', { cluster: 'default' })
      .uponReceiving(`a start ${index}`)
      .withRequest('POST', '/', (request) =>
        request
          .headers({
            'Content-Type': contentType(),
            'X-Amz-Target': 'AmazonEC2ContainerServiceV20141113.StartTask',
          })
          .jsonBody({
            taskDefinition: string('web:12'),
            containerInstances: constrainedArrayLike('i-1', 1, 10),
            startedBy: regex('^[A-Za-z0-9/_-]{0,36}$', 'batch/7'),
            tags: constrainedArrayLike({ key: value('team'), value: value('ml') }, 1, 50),
          }),
      )
      .willRespondWith(200, (response) =>
        response.headers({ 'Content-Type': contentType() }).jsonBody({
          failures: [],
          tasks: eachLike({
            taskArn: regex('^arn:aws:ecs:.+$', TASK.taskArn),
            createdAt: number(TASK.createdAt),
            lastStatus: string('PENDING'),
          }),
        }),
      )
      .executeTest(({ url }) => send(url))
  }
}

async function runOurs(
  consumerContract: typeof PactAdapter.consumerContract,
  dir: string,
): Promise<void> {
  await using contract = consumerContract({ consumer: 'bench', dir, testFile: import.meta.url })
  for (let number = 0; number < TESTS; number++) {
    await contract
      .given('ready', { cluster: 'default' })
      .uponReceiving(`a start ${number}`, INPUT)
      .respondWith({ outcome: 'started', tasks: [TASK] })
      .run(({ url }) => send(url))
  }
}
