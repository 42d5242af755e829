import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { ECSClient, StartTaskCommand } from '@aws-sdk/client-ecs'
import { afterAll, describe, expect } from 'vitest'

import { parseRecording } from '../../src/recording/index.ts'
import { startTaskRequest, test } from '../../src/runners/vitest.ts'
import { startProvider } from '../../src/provider/index.ts'

const SAMPLE = 'recordings/started/page-sample.json'
const CLIENT = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
}
const INPUT = {
  taskDefinition: 'hello_world',
  containerInstances: ['4c543eed-f83f-47da-b1d8-3d23f1da4c64'],
}
const HEADERS = {
  'x-amz-target': 'AmazonEC2ContainerServiceV20141113.StartTask',
  'content-type': 'application/x-amz-json-1.1',
}

test.override({ recordings: SAMPLE })

describe.concurrent('at the same time', () => {
  test.for([1, 2, 3])(
    'gives each test a replayer of its own: %s',
    async (_, { replay, expect: expectHere }) => {
      const ecs = new ECSClient({ ...CLIENT, requestHandler: replay.requestHandler })
      expectHere(await ecs.send(new StartTaskCommand(INPUT))).toHaveStartedTask() // recorded once: a shared replayer would miss
      expectHere(replay).toHaveBeenSentOnceWith(INPUT)
      expectHere(replay).toHaveReplayedAll()
      expectHere(replay).toHaveNoMisses()
    },
  )
})

test('answers through every adapter from one counter', async ({ replay, endpoint }) => {
  const ecs = new ECSClient({ ...CLIENT, endpoint })
  expect(await ecs.send(new StartTaskCommand(INPUT))).toHaveStartedTask(1)
  const body = JSON.stringify(INPUT)
  expect(
    await (
      await replay.fetch('https://ecs.test/', { method: 'POST', headers: HEADERS, body })
    ).json(),
  ).toMatchObject({
    __type: 'NoRecordingMatched',
  })
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const sent = request(
      'https://ecs.test/',
      { method: 'POST', headers: HEADERS, agent: replay.agent },
      (response) => {
        response.resume()
        resolve(response.statusCode)
      },
    )
    sent.on('error', reject).end(body)
  })
  expect(status).toBe(400)
  expect(replay).toHaveBeenSentTimes(3)
  expect(replay).not.toHaveNoMisses()
  expect(await replay.listen()).toBe(endpoint)
})

let lastEndpoint = ''

describe('the endpoint', () => {
  test('listens while its test runs', async ({ endpoint }) => {
    lastEndpoint = endpoint
    expect((await fetch(`${endpoint}/.starttask/`)).status).toBeLessThan(500)
  })

  test('is gone afterwards', async () => {
    await expect(fetch(lastEndpoint)).rejects.toThrow('fetch failed')
  })
})

describe('options', () => {
  test.override({ replayOptions: { afterLast: 'repeat' } })

  test('are those of every replay adapter', async ({ replay }) => {
    const ecs = new ECSClient({ ...CLIENT, requestHandler: replay.requestHandler })
    for (let index = 0; index < 3; index++)
      expect(await ecs.send(new StartTaskCommand(INPUT))).toHaveStartedTask()
  })
})

test('answers a client that nobody handed anything, in the mode of the session', async ({
  session,
}) => {
  expect(session.mode).toBe('replay')
  expect(await new ECSClient(CLIENT).send(new StartTaskCommand(INPUT))).toHaveStartedTask()
})

const folder = mkdtempSync(join(tmpdir(), 'starttask-recorder-'))

describe('the recorder', () => {
  test.override({ recordTo: join(folder, 'started.json') })

  test('records what a client of the SDK sends', async ({ recorder }) => {
    await using provider = await startProvider()
    const ecs = new ECSClient({ ...CLIENT, endpoint: provider.url })
    recorder.commands(ecs)
    await ecs.send(new StartTaskCommand(INPUT))
    expect(existsSync(recorder.out)).toBe(false) // written at the end
  })

  test('has written it when its test is over', () => {
    const { exchanges } = parseRecording(readFileSync(join(folder, 'started.json'), 'utf8'))
    expect(exchanges).toHaveLength(1)
    expect(exchanges[0]).toConformToStartTask()
  })

  test('records a process whatever its client', async ({ recorder }) => {
    await using provider = await startProvider()
    const recording = await recorder.process()
    await fetch(provider.url, {
      method: 'POST',
      headers: HEADERS,
      body: JSON.stringify({ ...INPUT, cluster: 'other' }),
    })
    expect(await recording.stop()).toEqual({ written: [recorder.out], lost: 0 })
  })
})

test('calls a recording after its test: ../../"x" \u001b[2J', ({ recordTo }) => {
  expect(recordTo).toBe(
    join('recordings', 'test-runners-fixtures-test-ts-calls-a-recording-after-its-test-x-2j.json'),
  )
})

test('extends expect, its opposite and its asymmetric form', () => {
  const unplaced = { tasks: [], failures: [{ arn: 'ci-a', reason: 'AGENT' }] }
  expect(() => expect(unplaced).toHaveStartedTask()).toThrow(
    'none started, though the response is HTTP 200',
  )
  expect(() => expect(unplaced).not.toHaveFailedPlacement('AGENT')).toThrow(
    'Expected no failed placement',
  )
  expect([unplaced]).toEqual([expect.toHaveFailedPlacement('AGENT')])
  expect([unplaced]).not.toEqual([expect.toHaveStartedTask()])
  const partial = { tasks: [{}], failures: [{ reason: 'AGENT' }] }
  expect(() => expect(partial).toHaveStartedTask()).toThrow('1 task started and 1 placement failed')
  expect(() => expect(partial).not.toHaveStartedTask()).toThrow(
    '1 task started and 1 placement failed',
  )
  expect([partial]).not.toEqual([expect.not.toHaveStartedTask()])
  expect(INPUT).toEqual(expect.schemaMatching(startTaskRequest))
})

test('awaits a promise as any matcher does', async () => {
  await expect(Promise.resolve({ tasks: [{}] })).resolves.toHaveStartedTask()
  const rejection = Object.assign(new Error('no'), {
    name: 'ClientException',
    $metadata: { httpStatusCode: 400 },
  })
  await expect(Promise.reject(rejection)).rejects.toHaveBeenRejected('ClientException')
})

const usage = mkdtempSync(join(tmpdir(), 'starttask-usage-'))

describe('what was played', () => {
  afterAll(() => {
    delete process.env['STARTTASK_USAGE']
  })

  test('is noted for starttask prune when the test ends', async ({ replay }) => {
    process.env['STARTTASK_USAGE'] = usage
    const ecs = new ECSClient({ ...CLIENT, requestHandler: replay.requestHandler })
    await ecs.send(new StartTaskCommand(INPUT))
  })

  test('is there', () => {
    const [name = ''] = readdirSync(usage)
    expect(JSON.parse(readFileSync(join(usage, name), 'utf8'))).toMatchObject({
      recordings: [{ exchanges: 1, played: [1] }],
    })
  })

  test('is not noted again by a test that plays nothing', () => {
    expect(readdirSync(usage)).toHaveLength(1)
  })
})
