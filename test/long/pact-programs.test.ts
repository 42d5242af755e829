import { execFile, spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

import { ECSClient, StartTaskCommand } from '@aws-sdk/client-ecs'
import { MatchersV3, PactV4 } from '@pact-foundation/pact'
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test, vi } from 'vitest'

import { startMoto } from '../../scripts/recordings/moto.ts'
import {
  checkPact,
  judgeDepartures,
  makeInteractions,
  namePactFile,
  parsePact,
  savePact,
  STATES,
  verifyPacts,
} from '../../src/pact/index.ts'
import { acceptsText } from '../../src/pact/language.ts'
import { loadPactCore } from '../../src/pact/pact-core.ts'
import { loadStoredRecordings } from '../../src/recording/index.ts'
import { createFolder } from '../pact/sample-pact.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const CONTENT_TYPE = 'application/x-amz-json-1.1'

function createClient(url: string): ECSClient {
  return new ECSClient({
    endpoint: url,
    region: 'us-east-1',
    maxAttempts: 1,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
  })
}

/** A pact of the recordings that ship, of what the embedded provider can do. */
async function writeRecorded(folder: { path: string }): Promise<string> {
  const recordings = loadStoredRecordings(
    [
      'unplaced',
      'partial',
      'started/page-sample.json',
      'rejected/provider-cluster-not-found.json',
    ].map((path) => join(ROOT, 'recordings', path)),
  )
  const { interactions } = makeInteractions(
    recordings.map(({ path, recording }) => ({
      name: path.replace(`${ROOT}recordings/`, ''),
      recording,
    })),
  )
  return (
    await savePact({
      file: namePactFile(folder.path, 'recorded'),
      consumer: 'recorded',
      interactions,
    })
  ).file
}

test("Pact's own stub serves a pact that was written without Pact", async () => {
  using folder = createFolder()
  const file = await writeRecorded(folder)
  const require = createRequire(import.meta.url)
  const { standalone } = createRequire(require.resolve('@pact-foundation/pact-cli/package.json'))(
    './src/pact-standalone',
  )
  const stub = spawn(
    standalone().pactFullPath,
    ['stub', '--file', file, '--port', '0', '--loglevel', 'info'],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  onTestFinished(() => void stub.kill('SIGKILL'))
  const url = await findUrl(stub.stdout, stub.stderr)
  const client = createClient(url)
  const sample = { containerInstances: ['another-instance'], taskDefinition: 'other:3' }
  const response = await client.send(new StartTaskCommand(sample))
  expect((response.tasks?.length ?? 0) + (response.failures?.length ?? 0)).toBeGreaterThan(0)
  await expect(
    client.send(new StartTaskCommand({ ...sample, cluster: 'gone' })),
  ).rejects.toMatchObject({
    name: 'ClusterNotFoundException',
  })
  await expect(client.send(new StartTaskCommand({ ...sample, group: 'x' }))).rejects.toMatchObject({
    $metadata: { httpStatusCode: 404 },
  })
})

/** The stub tells its port in its log. */
async function findUrl(...streams: NodeJS.ReadableStream[]): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>()
  for (const stream of streams) {
    createInterface({ input: stream }).on('line', (line) => {
      const port = /(?:port|127\.0\.0\.1:|0\.0\.0\.0:|localhost:)\s*(\d{4,5})/i.exec(line)?.[1]
      if (port !== undefined) resolve(`http://127.0.0.1:${port}`)
    })
  }
  return promise
}

test("finds nothing wrong in a pact that Pact's own core wrote, and its planted fault", async () => {
  using folder = createFolder()
  const { regex, string, number, eachLike, constrainedArrayLike } = MatchersV3
  const contentType = () => regex(String.raw`^application/x-amz-json-1\.1$`, CONTENT_TYPE)
  const pact = new PactV4({
    consumer: 'foreign',
    provider: 'AmazonECS',
    dir: folder.path,
    logLevel: 'error',
  })
  await pact
    .addInteraction()
    .given('ready', { cluster: 'default' })
    .uponReceiving('a start')
    .withRequest('POST', '/', (request) =>
      request
        .headers({
          'Content-Type': contentType(),
          'X-Amz-Target': 'AmazonEC2ContainerServiceV20141113.StartTask',
        })
        .jsonBody({
          taskDefinition: string('web:1'),
          containerInstances: constrainedArrayLike('i-1', 1, 10),
          startedBy: regex('^[A-Za-z0-9/_-]{1,128}$', 'job'),
        }),
    )
    .willRespondWith(200, (response) =>
      response.headers({ 'Content-Type': contentType() }).jsonBody({
        failures: [],
        tasks: eachLike({ createdAt: number(1.5), lastStatus: string('PENDING') }),
      }),
    )
    .executeTest(({ url }) =>
      createClient(url).send(
        new StartTaskCommand({
          taskDefinition: 'web:2',
          containerInstances: ['i-2'],
          startedBy: 'job',
        }),
      ),
    )
  const file = join(folder.path, 'foreign-AmazonECS.json')
  const { checked, findings } = checkPact(parsePact(readFileSync(file), file))
  expect([
    checked,
    findings
      .filter(({ severity }) => severity !== 'info')
      .map(({ pointer, rule }) => [pointer, rule]),
  ]).toEqual([
    1,
    [
      [
        '/interactions/0/request/matchingRules/body/$.startedBy/matchers/0',
        'request.startedBy.maxLength',
      ],
    ],
  ])
})

test.each([
  ['SERVICE|NONE', ['SERVICE', 'NONE', 'SERVICES', 'xNONE']],
  ['^a', ['a', 'ab']],
  ['b$', ['b', 'ab']],
  ['^a$|^b$', ['a', 'b', 'ab']],
  ['', ['', 'x']],
  [String.raw`^\w{1,3}$`, ['abc', 'é', 'ª', '\u200d', '-', 'abcd']],
  [String.raw`^\d+$`, ['12', '٣', 'x']],
  [String.raw`^\s$`, [' ', '\u00a0', '\u2003', 'a']],
  [String.raw`^[\w-]+$`, ['a-é', 'a b']],
  [String.raw`^\D\S\W$`, ['xx-', '1x-', 'xxx']],
  ['^a.c$', ['abc', 'a\rc', 'a\nc', 'a\u2028c']],
  ['^.{1}$', ['🚀', 'ab']],
  ['^(?!aws:).{1,5}$', ['aws:x', 'aws', 'awsx']],
  ['(?i)^ab$', ['AB', 'ab', 'abc']],
  [
    String.raw`^arn:aws[a-z-]*:ecs:[a-z0-9-]+:\d{12}:task/.+$`,
    ['arn:aws:ecs:us-east-1:012345678910:task/x', 'arn:aws:ecs:us-east-1:1:task/x'],
  ],
])('reads the regular expression %j as the core of Pact does', async (regex, texts) => {
  for (const text of texts)
    expect([text, acceptsText(regex, text)]).toEqual([text, await askPact(regex, text)])
})

/** Whether Pact's mock server lets a text pass. */
async function askPact(regex: string, text: string): Promise<boolean> {
  const pact = loadPactCore().makeConsumerPact('regex', 'regex', 5, 'error')
  const interaction = pact.newInteraction('regex')
  interaction.withRequest('POST', '/')
  interaction.withRequestHeader('Content-Type', 0, 'application/json')
  interaction.withRequestBody(
    JSON.stringify({ x: { 'pact:matcher:type': 'regex', regex, value: 'example' } }),
    'application/json',
  )
  interaction.withStatus(200)
  const port = pact.createMockServer('127.0.0.1', 0, false)
  const sent = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ x: text }),
  }
  const { status } = await fetch(`http://127.0.0.1:${port}`, sent)
  pact.cleanupMockServer(port)
  return status === 200
}

describe.skipIf(!inject('programs').moto)('with moto_server (needs it)', () => {
  let moto: Awaited<ReturnType<typeof startMoto>> | undefined
  let instances: readonly string[] = []
  beforeAll(async () => {
    moto = await startMoto()
    instances = (await moto.setUp()).instanceArns
  })
  afterAll(() => moto?.[Symbol.asyncDispose]())

  test('verifies moto, with its departures listed', async () => {
    using folder = createFolder()
    const file = namePactFile(folder.path, 'batch-runner')
    const request = {
      containerInstances: instances.slice(0, 1),
      taskDefinition: 'hello_world',
      startedBy: 'pact',
    }
    const arn = 'arn:aws:ecs:us-east-1:012345678910'
    const task = {
      taskArn: `${arn}:task/default/fdf2c302468c4e55b8845331d816e7fb`,
      lastStatus: 'PENDING',
      containers: [{ containerArn: `${arn}:container/default/e1ed7aac`, name: 'app', cpu: '10' }],
    }
    await savePact({
      file,
      consumer: 'batch-runner',
      interactions: [
        {
          description: 'starts',
          states: [{ name: STATES.ready }],
          request,
          status: 200,
          response: { failures: [], tasks: [task] },
        },
        {
          description: 'has no cluster',
          states: [{ name: STATES.noCluster }],
          request: { ...request, cluster: 'no-such-cluster' },
          status: 400,
          response: { __type: 'ClusterNotFoundException' },
        },
        {
          description: 'has a missing instance',
          states: [{ name: STATES.short }],
          request: { ...request, containerInstances: ['00000000-0000-4000-8000-000000000000'] },
          status: 200,
          response: { failures: [{ reason: 'MISSING' }], tasks: [] },
        },
      ],
    })
    const states = Object.fromEntries(Object.values(STATES).map((name) => [name, () => {}]))
    // moto tells services by the signature: what is not signed goes to its S3.
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE')
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret')
    const { interactions } = await verifyPacts({
      pacts: [file],
      url: moto?.url ?? '',
      states,
      sign: { region: 'us-east-1' },
    })
    vi.unstubAllEnvs()
    const departures = [
      {
        interaction: 'starts',
        place: '/tasks/*/containers/*/containerArn',
        reason: 'moto makes it of the task definition',
      },
      { interaction: 'starts', place: '/tasks/*/containers/*/cpu', reason: 'moto gives a number' },
      {
        interaction: 'has a missing instance',
        place: '',
        reason: 'moto fails with a KeyError, as HTML',
      },
      {
        interaction: 'has a missing instance',
        place: 'status',
        reason: 'moto fails with a KeyError, as HTML',
      },
      {
        interaction: 'has a missing instance',
        place: 'header content-type',
        reason: 'moto fails with a KeyError, as HTML',
      },
    ]
    expect(judgeDepartures(interactions, departures)).toMatchObject({
      passed: 1,
      expected: 2,
      failed: 0,
      gone: [],
    })
    expect(judgeDepartures(interactions, []).failed).toBe(2)
  })

  test('signs requests for a service that asks for it', async () => {
    using folder = createFolder()
    const file = namePactFile(folder.path, 'signed')
    const request = {
      containerInstances: instances.slice(0, 1),
      taskDefinition: 'hello_world',
      cluster: 'no-such-cluster',
    }
    const interaction = {
      description: 'd',
      states: [],
      request,
      status: 400,
      response: { __type: 'ClusterNotFoundException' },
    }
    await savePact({ file, consumer: 'signed', interactions: [interaction] })
    const env = {
      ...process.env,
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'secret',
      NO_COLOR: '1',
    }
    const bin = join(ROOT, 'dist/cli/bin.js')
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [bin, 'pact', 'verify', file, '--url', moto?.url ?? '', '--sign', '--region', 'eu-west-1'],
      { env },
    )
    expect(stdout).toContain('verified 1: 1 passed')
  })
})

describe('the outcome kit in other runners', () => {
  const consumers = join(ROOT, 'test/consumers')
  const script = (imports: string, runner: string) => `${imports}
import { describeOutcomes } from '${join(ROOT, 'src/outcomes/index.ts')}'
import { runJobHastily } from '${consumers}/hasty-runner.ts'
import { EXPECTATIONS, JOB, makeClient } from '${consumers}/job-expectations.ts'
const { partial, ...rest } = EXPECTATIONS
describeOutcomes((service) => runJobHastily(makeClient(service), JOB), rest${runner})
`

  test('node:test fails the classic bug by the name of the case, and lists what is not covered', async () => {
    using folder = createFolder()
    const file = join(folder.path, 'hasty.test.ts')
    writeFileSync(file, script("import { test } from 'node:test'", ', { test }'))
    const { NODE_TEST_CONTEXT: _, NODE_OPTIONS: __, ...env } = process.env
    const run = promisify(execFile)(process.execPath, ['--test', '--test-reporter=tap', file], {
      env,
      maxBuffer: 1e8,
    })
    const { stdout }: { stdout: string } = await run.catch((error: { stdout: string }) => error)
    expect(stdout).toMatch(/not ok \d+ - unplaced: AGENT: HTTP 200 without a task/)
    expect(stdout).toMatch(/ok \d+ - not covered: partial: .* # TODO/)
    expect(stdout).toMatch(/^ok \d+ - started: HTTP 200/m)
  })

  test('vitest fails the classic bug by the name of the case, with its global test', async () => {
    using folder = createFolder()
    writeFileSync(join(folder.path, 'hasty.test.ts'), script('', ''))
    const args = [
      join(ROOT, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--root',
      folder.path,
      '--globals',
      '--reporter=verbose',
    ]
    const env = {
      ...process.env,
      NO_COLOR: '1',
      VITEST: undefined,
      VITEST_WORKER_ID: undefined,
      VITEST_POOL_ID: undefined,
    }
    const { stdout }: { stdout: string } = await promisify(execFile)(process.execPath, args, {
      env,
    }).catch((error: { stdout: string }) => error)
    expect(stdout).toMatch(/× .*unplaced: AGENT: HTTP 200 without a task/)
    expect(stdout).toMatch(/1 todo/)
  })
})
