import { execFile } from 'node:child_process'

import { describe, expect, inject, test } from 'vitest'

import { startReplayServer } from '../../src/replayer/adapters/index.ts'
import {
  buildResponse,
  buildExchange,
  buildInput,
  buildRecording,
  OUTCOMES,
  STARTED,
} from '../replayer/recorded-exchanges.ts'
import { OFFLINE_ENVIRONMENT } from '../suites/offline-environment.ts'

/** The clients that no suite of the process can hold: what test/suites/adapter-pairs.ts tests with the others. */
const { awsCli, boto3 } = inject('programs')

type Input = ReturnType<typeof buildInput>
interface Got {
  output: unknown
  error: string
}

function run(file: string, args: readonly string[], more: NodeJS.ProcessEnv = {}): Promise<Got> {
  const env = { ...OFFLINE_ENVIRONMENT, ...more }
  return new Promise((resolve) => {
    execFile(file, args, { env, timeout: 120_000 }, (_error, stdout, stderr) => {
      const output: unknown = stdout === '' ? undefined : JSON.parse(stdout)
      resolve({ output, error: stderr })
    })
  })
}

const BOTO3 = `
import boto3, json, sys
response = boto3.client('ecs', endpoint_url=sys.argv[1]).start_task(**json.loads(sys.argv[2]))
print(json.dumps({'tasks': [task['lastStatus'] for task in response['tasks']], 'reasons': [failure['reason'] for failure in response['failures']]}))
`
const QUERY = '{tasks: tasks[].lastStatus, reasons: failures[].reason}'

const CLIENTS: {
  name: string
  has: boolean
  send: (url: string, input: Input, env?: NodeJS.ProcessEnv) => Promise<Got>
}[] = [
  {
    name: 'aws-cli',
    has: awsCli,
    send: (url, input, env) =>
      run(
        'aws',
        [
          '--endpoint-url',
          url,
          '--query',
          QUERY,
          'ecs',
          'start-task',
          '--cli-input-json',
          JSON.stringify(input),
        ],
        env,
      ),
  },
  {
    name: 'boto3',
    has: boto3,
    send: (url, input, env) => run('python3', ['-c', BOTO3, url, JSON.stringify(input)], env),
  },
]

const UNAVAILABLE = buildExchange(
  buildInput('a'),
  buildResponse(503, { __type: 'ServiceUnavailable', message: 'Try again.' }),
)
const LATER = buildExchange(
  buildInput('a'),
  buildResponse(200, { tasks: [], failures: [{ reason: 'AGENT' }] }),
)
const RESET = buildExchange(buildInput('a'), { failure: 'reset', code: 'ECONNRESET' })
const ANSWERED = { output: { tasks: [], reasons: ['AGENT'] }, error: '' }

describe.each(CLIENTS)('$name, unchanged, at the replay server', ({ has, send }) => {
  test.skipIf(!has)('gets every outcome as recorded', async () => {
    await using server = await startReplayServer(buildRecording(...OUTCOMES))
    expect(await send(server.url, buildInput('started'))).toEqual({
      output: { tasks: ['PENDING'], reasons: [] },
      error: '',
    })
    expect(await send(server.url, buildInput('partial'))).toEqual({
      output: { tasks: ['PENDING'], reasons: ['AGENT'] },
      error: '',
    })
    expect(await send(server.url, buildInput('unplaced'))).toEqual(ANSWERED)
    const rejected = await send(server.url, buildInput('rejected'))
    expect(rejected.error).toContain(
      'An error occurred (ClusterNotFoundException) when calling the StartTask operation: Cluster not found.',
    )
    expect(server.unused()).toEqual([])
  })

  test.skipIf(!has)('meets a miss at once, with what differs', async () => {
    await using server = await startReplayServer(buildRecording(STARTED))
    const { error } = await send(server.url, buildInput('other'))
    expect(error).toContain(
      'An error occurred (NoRecordingMatched) when calling the StartTask operation',
    )
    expect(error).toContain(
      '#1, 1 difference: /containerInstances/0 recorded "started", sent "other"',
    )
    expect(server.sessions()).toEqual([{ session: 'default', played: 0, missed: 1 }])
  })

  test.skipIf(!has)('meets a failure at once when a callback throws', async () => {
    let called = 0
    const onMiss = () => {
      called += 1
      throw new Error('the callback is broken')
    }
    await using server = await startReplayServer(buildRecording(STARTED), { onMiss })
    expect((await send(server.url, buildInput('other'))).error).toMatch(
      /\(HarnessFailure\).*the callback is broken/,
    )
    expect(called).toBe(1)
  })

  test.skipIf(!has)('goes through 503, 503, 200, and through a reset, by itself', async () => {
    await using server = await startReplayServer(
      buildRecording(UNAVAILABLE, UNAVAILABLE, LATER, RESET, LATER),
    )
    expect(await send(server.url, buildInput('a'))).toEqual(ANSWERED)
    expect(await send(server.url, buildInput('a'))).toEqual(ANSWERED)
    expect(server.unused()).toEqual([])
  })

  test.skipIf(!has)('gives the attempts of one invocation to each', async () => {
    const attempts = ['one', 'two'].flatMap((invocation) =>
      [UNAVAILABLE, LATER].map((exchange) => ({ ...exchange, invocation })),
    )
    await using server = await startReplayServer(buildRecording(...attempts))
    expect(
      await Promise.all([send(server.url, buildInput('a')), send(server.url, buildInput('a'))]),
    ).toEqual([ANSWERED, ANSWERED])
    expect(server.unused()).toEqual([])
  })

  test.skipIf(!has)('has a session of its own by the path of its endpoint', async () => {
    await using server = await startReplayServer(buildRecording(LATER))
    for (const url of [`${server.url}/shard-1`, `${server.url}/shard-2`])
      expect(await send(url, buildInput('a'))).toEqual(ANSWERED)
    expect((await send(`${server.url}/shard-1`, buildInput('a'))).error).toContain(
      'in session shard-1: played 1 of 1',
    )
  })

  test.skipIf(!has).each([
    ['access-key', 'AWS_ACCESS_KEY_ID'],
    ['app-id', 'AWS_SDK_UA_APP_ID'],
  ] as const)('has a session of its own by its %s', async (by, variable) => {
    await using server = await startReplayServer(buildRecording(LATER), { session: { by } })
    for (const value of ['shard-1', 'shard-2'])
      expect(await send(server.url, buildInput('a'), { [variable]: value })).toEqual(ANSWERED)
    expect((await send(server.url, buildInput('a'), { [variable]: 'shard-1' })).error).toContain(
      ': played 1 of 1',
    )
  })
})
