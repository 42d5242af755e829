import { execFile } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'

import { startMoto } from '../../scripts/recordings/moto.ts'
import { startProvider } from '../../src/provider/index.ts'
import { loadStoredRecordings } from '../../src/recording/index.ts'
import { startRecordingProxy } from '../../src/recorder/index.ts'
import { startReplayServer } from '../../src/replayer/adapters/index.ts'
import { OFFLINE_ENVIRONMENT } from '../suites/offline-environment.ts'

const { awsCli, boto3, moto } = inject('programs')
const RECORDER = join(import.meta.dirname, '../recorder')
const NODE_CLIENTS = [
  'AWS SDK v3',
  'AWS SDK v2',
  'fetch',
  'undici fetch',
  'undici request',
  'axios',
  'axios on fetch',
  'got',
]

type Input = Record<string, unknown>
/** Sends the inputs and gives what the caller gets of each; records it itself where the way is not the proxy's. */
type Call = (
  url: string,
  inputs: Input[],
  record?: { way: string; out: string },
) => Promise<unknown>

function run(
  file: string,
  args: readonly string[],
): Promise<{ stdout: string; stderr: string; code: number }> {
  const env = {
    ...OFFLINE_ENVIRONMENT,
    STARTTASK_KEY_FILE: process.env['STARTTASK_KEY_FILE'],
    AWS_MAX_ATTEMPTS: '1',
  }
  return new Promise((resolve) => {
    execFile(file, args, { env, timeout: 120_000 }, (error, stdout, stderr) =>
      resolve({ stdout, stderr, code: error ? Number(error.code) : 0 }),
    )
  })
}

const callNode =
  (client: string): Call =>
  async (url, inputs, record) => {
    const { stdout, stderr } = await run(process.execPath, [
      join(RECORDER, 'children/call-start-task.ts'),
      JSON.stringify({ client, url, inputs, record }),
    ])
    if (stdout === '') throw new Error(stderr)
    return JSON.parse(stdout)
  }

const callBoto3: Call = async (url, inputs) => {
  const { stdout, stderr } = await run('python3', [
    join(RECORDER, 'python/call_start_task.py'),
    url,
    JSON.stringify(inputs),
  ])
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout)
}

const callAwsCli: Call = async (url, inputs) => {
  const met: unknown[] = []
  for (const input of inputs) {
    const { stdout, stderr, code } = await run('aws', [
      '--endpoint-url',
      url,
      'ecs',
      'start-task',
      '--cli-input-json',
      JSON.stringify(input),
    ])
    met.push({ code, stderr, output: stdout === '' ? undefined : JSON.parse(stdout) })
  }
  return met
}

const CALLS: { name: string; call: Call; ways: string[]; has: boolean }[] = [
  ...NODE_CLIENTS.map((name) => ({
    name,
    call: callNode(name),
    ways: name === 'AWS SDK v3' ? ['proxy', 'process', 'middleware'] : ['proxy', 'process'],
    has: true,
  })),
  { name: 'aws-cli', call: callAwsCli, ways: ['proxy'], has: awsCli },
  { name: 'boto3', call: callBoto3, ways: ['proxy'], has: boto3 },
]

/** A service to record, and what to ask it; made anew for each test, since a task takes its room on the instance. */
interface Service extends AsyncDisposable {
  url: string
  inputs: Input[]
}

const INSTANCE = '4c543eed-f83f-47da-b1d8-3d23f1da4c64'
const UNKNOWN = '00000000-0000-4000-8000-000000000000'

async function openProvider(): Promise<Service> {
  const provider = await startProvider()
  const base = {
    taskDefinition: 'hello_world',
    startedBy: 'matrix',
    tags: [{ key: 'a', value: 'é' }],
  }
  const inputs = [
    { ...base, containerInstances: [INSTANCE] },
    { ...base, containerInstances: [INSTANCE, UNKNOWN] },
    { ...base, containerInstances: [UNKNOWN] },
    { ...base, containerInstances: [INSTANCE], cluster: 'no-such-cluster' },
  ]
  return { url: provider.url, inputs, [Symbol.asyncDispose]: () => provider.stop() }
}

/** What a caller gets, but for what a recording holds pseudonyms of. */
function hideAccounts(met: unknown): unknown {
  const hidden: unknown = JSON.parse(JSON.stringify(met).replaceAll(/:\d{12}:/g, ':account:'))
  return hidden
}

async function recordAndReplay(
  { url, inputs }: Pick<Service, 'url' | 'inputs'>,
  call: Call,
  way: string,
) {
  const out = join(mkdtempSync(join(tmpdir(), 'starttask-matrix-')), 'all.json')
  let live: unknown
  if (way === 'proxy') {
    await using proxy = await startRecordingProxy({ out, upstream: url })
    live = await call(proxy.url, inputs)
  } else {
    live = await call(url, inputs, { way, out })
  }
  await using server = await startReplayServer(out)
  const replayed = await call(server.url, inputs)
  return {
    live: hideAccounts(live),
    replayed: hideAccounts(replayed),
    exchanges: loadStoredRecordings(out)[0]?.recording.exchanges.length,
  }
}

const CASES = CALLS.flatMap(({ ways, ...one }) => ways.map((way) => ({ ...one, way })))

describe.each(CASES)('$name, recorded by $way', ({ call, way, has }) => {
  test.skipIf(!has)(
    "gets the same of the embedded provider's responses when they are replayed",
    async () => {
      await using service = await openProvider()
      const { live, replayed, exchanges } = await recordAndReplay(service, call, way)
      expect(replayed).toEqual(live)
      expect(exchanges).toBe(4)
      expect(JSON.stringify(live)).toMatch(
        /"lastStatus":"PENDING".*"reason":"MISSING".*Cluster not found/,
      )
    },
  )
})

describe.skipIf(!moto)('with moto_server (needs it)', () => {
  let service: Awaited<ReturnType<typeof startMoto>> | undefined
  let inputs: Input[] = []
  beforeAll(async () => {
    service = await startMoto()
    const { instanceArns } = await service.setUp()
    const base = { taskDefinition: 'hello_world', startedBy: 'matrix' }
    inputs = [
      { ...base, containerInstances: instanceArns.slice(0, 1) },
      { ...base, containerInstances: instanceArns.slice(0, 1), cluster: 'no-such-cluster' },
      {
        ...base,
        containerInstances: instanceArns.slice(0, 1),
        taskDefinition: 'no_such_definition',
      },
    ]
  })
  afterAll(() => service?.[Symbol.asyncDispose]())

  test.each(CASES.filter(({ has }) => has))(
    '$name, recorded by $way, gets the same when it is replayed',
    async ({ call, way }) => {
      const { live, replayed, exchanges } = await recordAndReplay(
        { url: service?.url ?? '', inputs },
        call,
        way,
      )
      expect(replayed).toEqual(live)
      expect(exchanges).toBe(3)
      expect(JSON.stringify(live)).toMatch(/taskArn.*ClusterNotFound/)
    },
  )
})
