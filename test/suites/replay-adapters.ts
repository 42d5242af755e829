import { setTimeout } from 'node:timers/promises'

import {
  ClusterNotFoundException,
  ECSClient,
  type ECSClientConfig,
  ListClustersCommand,
  StartTaskCommand,
  type StartTaskCommandInput,
} from '@aws-sdk/client-ecs'
import { expect, test, vi } from 'vitest'

import {
  type Accounting,
  carryAccounting,
  type Miss,
  type Recordings,
  type ReplayOptions,
} from '../../src/replayer/engine/index.ts'
import type { Exchange } from '../../src/protocol/index.ts'
import {
  buildResponse,
  buildExchange,
  buildInput,
  buildRecording,
  OUTCOMES,
  REJECTED,
  STARTED,
  TARGET,
} from '../replayer/recorded-exchanges.ts'
import { type ClientName, readCode, type Way } from './adapter-clients.ts'
import type { AdapterFetch } from './adapter-fetch.ts'
import { testAdapterClients } from './adapter-pairs.ts'
import { type FailingAdapter, testTransportErrors } from './transport-errors.ts'

/** What one adapter cannot do as the other does. */
export type Deviation =
  | 'reset of fetch'
  | 'refused connection'
  | 'time-out'
  | 'request of another service'
  | 'foreign host'

/** A way in to the replayer for a client that speaks HTTP. */
export interface ReplayAdapter {
  /** Opens the adapter; `url` is what its client takes as endpoint. */
  open: (recordings: Recordings, options?: ReplayOptions) => Promise<OpenAdapter>
  /** Which clients can go through it; others have no place for what the adapter gives. */
  clients: readonly ClientName[]
  /** Why the adapter deviates. The suite tests what a client meets instead. */
  deviations: ReadonlyMap<Deviation, string>
  /** The deviations from the errors of transport failures. */
  errors: FailingAdapter['errors']
}

export interface OpenAdapter extends AsyncDisposable, Accounting, Way {
  /** How a client without an SDK goes through it. */
  fetch: AdapterFetch
}

/** An adapter as it is opened, with what the suite needs of it. */
export function describeAdapter(
  adapter: Accounting,
  way: Way & Pick<OpenAdapter, 'fetch'>,
  stop: () => unknown = () => undefined,
): OpenAdapter {
  return {
    ...carryAccounting(adapter),
    ...way,
    [Symbol.asyncDispose]: async () => void (await stop()),
  }
}

/** What a client meets at an adapter, read whole. */
interface Met {
  status: number
  headers: Headers
  text: string
}

/** A client of AWS JSON without any SDK. */
async function post(
  adapter: OpenAdapter,
  body: string | Uint8Array<ArrayBuffer> | undefined,
  headers: Record<string, string> = {},
): Promise<Met> {
  const all = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': TARGET, ...headers }
  const response = await adapter.fetch(adapter.url, {
    headers: all,
    ...(body === undefined ? {} : { body }),
  })
  return { status: response.status, headers: response.headers, text: await response.text() }
}

function postInput(
  adapter: OpenAdapter,
  input: unknown,
  headers?: Record<string, string>,
): Promise<Met> {
  return post(adapter, JSON.stringify(input), headers)
}

function createClient(adapter: OpenAdapter, config: ECSClientConfig = {}): ECSClient {
  const credentials = { accessKeyId: 'AKID', secretAccessKey: 'none' }
  return new ECSClient({
    endpoint: adapter.url,
    region: 'us-east-1',
    credentials,
    ...adapter.client,
    ...config,
  })
}

function send(adapter: OpenAdapter, input: StartTaskCommandInput) {
  return createClient(adapter).send(new StartTaskCommand(input))
}

function sendToFail(adapter: OpenAdapter, input: StartTaskCommandInput): Promise<unknown> {
  return send(adapter, input).then(
    () => expect.unreachable('the client met no error'),
    (error: unknown) => error,
  )
}

/** The tests of every adapter: call it in a test file of its own, for msw and a listening server disturb each other in one process. */
export function testReplayAdapter(adapter: ReplayAdapter): void {
  testOutcomes(adapter)
  testMisses(adapter)
  testSequences(adapter)
  testInvocations(adapter)
  testSessions(adapter)
  testFailures(adapter)
  testWire(adapter)
  testBodies(adapter)
  testAccounting(adapter)
  testDeviations(adapter)
  testTransportErrors(adapter)
  testAdapterClients(adapter)
}

function testOutcomes({ open }: ReplayAdapter): void {
  test('gives an SDK client a started task', async () => {
    await using adapter = await open(buildRecording(...OUTCOMES))
    const { tasks, failures, $metadata } = await send(adapter, buildInput('started'))
    expect(tasks).toMatchObject([
      {
        lastStatus: 'PENDING',
        createdAt: new Date(1_479_765_460_842),
        containers: [{ cpu: '256' }],
      },
    ])
    expect(failures).toEqual([])
    expect($metadata).toMatchObject({ httpStatusCode: 200, attempts: 1 })
  })

  test('gives an SDK client a part of the tasks', async () => {
    await using adapter = await open(buildRecording(...OUTCOMES))
    const { tasks, failures } = await send(adapter, buildInput('partial'))
    expect([tasks?.length, failures?.[0]?.reason]).toEqual([1, 'AGENT'])
  })

  test('gives an SDK client failures alone, with HTTP 200', async () => {
    await using adapter = await open(buildRecording(...OUTCOMES))
    const { tasks, failures, $metadata } = await send(adapter, buildInput('unplaced'))
    expect([tasks, failures?.[0]?.reason, $metadata.httpStatusCode]).toEqual([[], 'AGENT', 200])
  })

  test('gives an SDK client a rejection of its own class, in one attempt', async () => {
    await using adapter = await open(buildRecording(...OUTCOMES))
    const error = await sendToFail(adapter, buildInput('rejected'))
    expect(error).toBeInstanceOf(ClusterNotFoundException)
    expect(error).toMatchObject({
      message: 'Cluster not found.',
      $metadata: { httpStatusCode: 400, attempts: 1 },
    })
  })

  test.each(OUTCOMES)('gives fetch the body of outcome %# as recorded', async (exchange) => {
    await using adapter = await open(buildRecording(...OUTCOMES))
    const { text } = await postInput(adapter, exchange.request.body)
    expect(JSON.parse(text)).toEqual(
      'body' in exchange.response ? exchange.response.body : undefined,
    )
  })
}

function testMisses({ open }: ReplayAdapter): void {
  test('answers a miss with HTTP 400 and the closest request', async () => {
    await using adapter = await open(buildRecording(STARTED))
    const { status, headers, text } = await postInput(adapter, {
      ...buildInput('started'),
      startedBy: 'me',
    })
    expect([status, headers.get('content-type')]).toEqual([400, 'application/x-amz-json-1.1'])
    expect(JSON.parse(text)).toEqual({
      __type: 'NoRecordingMatched',
      message: expect.stringContaining(
        'nearest    recording 1 #1, 1 difference: /startedBy not recorded, sent "me"',
      ),
    })
  })

  test('meets an SDK client that would retry with a miss after one attempt', async () => {
    const misses: Miss[] = []
    await using adapter = await open(buildRecording(STARTED), {
      onMiss: (miss) => misses.push(miss),
    })
    const error = await sendToFail(adapter, buildInput('other'))
    expect(error).toMatchObject({
      name: 'NoRecordingMatched',
      $metadata: { httpStatusCode: 400, attempts: 1 },
    })
    expect(misses).toMatchObject([
      {
        phase: 'body',
        nearest: [
          {
            recording: 'recording 1',
            exchange: 1,
            differences: [{ pointer: '/containerInstances/0' }],
          },
        ],
      },
    ])
  })

  test('meets an SDK client with a miss for an operation that was never recorded', async () => {
    await using adapter = await open(buildRecording(STARTED))
    const sent = createClient(adapter).send(new ListClustersCommand({}))
    await expect(sent).rejects.toMatchObject({
      name: 'NoRecordingMatched',
      message: expect.stringMatching(
        /^No exchange of ListClusters is recorded\.[^]*--allow ListClusters/,
      ),
      $metadata: { attempts: 1 },
    })
  })

  test('answers with an error that no client retries when onMiss throws', async () => {
    const onMiss = () => {
      throw new Error('a miss in a strict test')
    }
    await using adapter = await open(buildRecording(STARTED), { onMiss })
    const error = await sendToFail(adapter, buildInput('other'))
    expect(error).toMatchObject({
      name: 'HarnessFailure',
      message: expect.stringContaining('a miss in a strict test'),
      $metadata: { attempts: 1 },
    })
  })

  test('refuses an option that does not exist', async () => {
    const options: object = { onUnhandledRequest: 'error' }
    await expect(open(buildRecording(STARTED), options)).rejects.toMatchObject({
      name: 'HarnessError',
      code: 'usage',
    })
  })

  test('refuses to open without a recording', async () => {
    await expect(open([])).rejects.toMatchObject({ name: 'HarnessError', code: 'usage' })
  })
}

const UNAVAILABLE = buildExchange(
  buildInput('a'),
  buildResponse(503, { __type: 'ServiceUnavailable', message: 'Try again.' }),
)
const LATER = buildExchange(
  buildInput('a'),
  buildResponse(200, { tasks: [], failures: [{ reason: 'AGENT' }] }),
)

async function readStatuses(adapter: OpenAdapter, count: number): Promise<number[]> {
  const statuses: number[] = []
  for (let sent = 0; sent < count; sent++)
    statuses.push((await postInput(adapter, buildInput('a'))).status)
  return statuses
}

function testSequences({ open }: ReplayAdapter): void {
  test('plays 503, 503, 200 in order to an SDK client that retries', async () => {
    await using adapter = await open(buildRecording(UNAVAILABLE, UNAVAILABLE, LATER))
    const { failures, $metadata } = await send(adapter, buildInput('a'))
    expect([failures?.[0]?.reason, $metadata.attempts]).toEqual(['AGENT', 3])
  })

  test('says how many are played when all are', async () => {
    await using adapter = await open(buildRecording(UNAVAILABLE, LATER))
    await readStatuses(adapter, 2)
    const { status, text } = await postInput(adapter, buildInput('a'))
    expect(status).toBe(400)
    expect(JSON.parse(text)).toMatchObject({
      __type: 'NoRecordingMatched',
      message: expect.stringMatching(
        /^Nothing is left to answer this StartTask: played 2 of 2 that equal it\./,
      ),
    })
  })

  test.each([
    ['refuse', [503, 200, 400, 400]],
    ['repeat', [503, 200, 200, 200]],
    ['restart', [503, 200, 503, 200]],
  ] as const)('after the last response, %s', async (afterLast, statuses) => {
    await using adapter = await open(buildRecording(UNAVAILABLE, LATER), { afterLast })
    expect(await readStatuses(adapter, 4)).toEqual(statuses)
  })

  test('plays the exchanges of several recordings in the order given', async () => {
    await using adapter = await open([buildRecording(LATER), buildRecording(UNAVAILABLE)])
    expect(await readStatuses(adapter, 2)).toEqual([200, 503])
  })

  test('gives each of many requests at once a response of its own', async () => {
    const exchanges = Array.from({ length: 20 }, (_, index) =>
      buildExchange(buildInput('a'), buildResponse(200, { index })),
    )
    await using adapter = await open(buildRecording(...exchanges))
    const responses = await Promise.all(exchanges.map(() => postInput(adapter, buildInput('a'))))
    expect(responses.map(({ text }) => text).toSorted()).toEqual(
      exchanges.map((_, index) => `{"index":${index}}`).toSorted(),
    )
  })

  test('takes as long as recorded when asked to, on the clock it is given', async () => {
    const slept: number[] = []
    const clock = { now: () => Date.now(), sleep: async (ms: number) => void slept.push(ms) }
    await using adapter = await open(buildRecording(LATER), { latency: { scale: 2 }, clock })
    await readStatuses(adapter, 1)
    expect(slept).toEqual([10])
  })
}

/** The attempts of one invocation, as SDK clients were recorded that retried. */
function buildInvocation(invocation: string, ...statuses: number[]): Exchange[] {
  return statuses.map((status, index) => {
    const body =
      status === 200
        ? { tasks: [], failures: [{ reason: invocation }] }
        : { __type: 'ServiceUnavailable', message: 'Again.' }
    return {
      ...buildExchange(buildInput('a'), buildResponse(status, body)),
      invocation,
      attempt: index + 1,
    }
  })
}

async function readReason(adapter: OpenAdapter, config?: ECSClientConfig): Promise<string> {
  const { failures, $metadata } = await createClient(adapter, config).send(
    new StartTaskCommand(buildInput('a')),
  )
  return `${failures?.[0]?.reason} in ${$metadata.attempts}`
}

function testInvocations({ open }: ReplayAdapter): void {
  test('gives the attempts of each invocation to an invocation of their own, also of two at once', async () => {
    await using adapter = await open(
      buildRecording(...buildInvocation('one', 503, 200), ...buildInvocation('two', 503, 503, 200)),
    )
    expect((await Promise.all([readReason(adapter), readReason(adapter)])).toSorted()).toEqual([
      'one in 2',
      'two in 3',
    ])
    expect(adapter.unused()).toEqual([])
  })

  test('gives the last attempt alone when attempts are collapsed', async () => {
    const recording = buildRecording(
      ...buildInvocation('one', 503, 200),
      ...buildInvocation('two', 503, 503, 200),
    )
    await using adapter = await open(recording, { attempts: 'collapsed' })
    expect([await readReason(adapter), await readReason(adapter)]).toEqual(['one in 1', 'two in 1'])
    expect(adapter.unused()).toEqual([])
  })

  test('goes through attempts one by one with a client that names no invocation', async () => {
    await using adapter = await open(
      buildRecording(...buildInvocation('one', 503, 200), ...buildInvocation('two', 200)),
    )
    expect(await readStatuses(adapter, 4)).toEqual([503, 200, 200, 400])
  })
}

const ONE_RESPONSE = buildRecording(...buildInvocation('one', 200))

function testSessions({ open }: ReplayAdapter): void {
  test.each(['shard-1', '/shard-1/', 'ci/shard-1'])(
    'keeps counters of their own for the endpoint path %s',
    async (path) => {
      await using adapter = await open(ONE_RESPONSE)
      const endpoint = new URL(path, adapter.url).href
      expect(await readReason(adapter, { endpoint })).toBe('one in 1')
      expect(await readReason(adapter)).toBe('one in 1')
      await expect(readReason(adapter, { endpoint })).rejects.toThrow('in session')
    },
  )

  test('keeps counters of their own for each access key when asked to', async () => {
    await using adapter = await open(ONE_RESPONSE, { session: { by: 'access-key' } })
    const createConfig = (accessKeyId: string) => ({
      credentials: { accessKeyId, secretAccessKey: 'none' },
    })
    expect(await readReason(adapter, createConfig('SHARDONE'))).toBe('one in 1')
    expect(await readReason(adapter, createConfig('SHARDTWO'))).toBe('one in 1')
    await expect(readReason(adapter, createConfig('SHARDONE'))).rejects.toThrow('played 1 of 1')
    expect(JSON.stringify(adapter.sessions())).not.toContain('SHARDONE')
  })

  test('keeps counters of their own for each app id when asked to', async () => {
    await using adapter = await open(ONE_RESPONSE, { session: { by: 'app-id' } })
    expect(await readReason(adapter, { userAgentAppId: 'shard-1' })).toBe('one in 1')
    expect(await readReason(adapter, { userAgentAppId: 'shard-2' })).toBe('one in 1')
    await expect(readReason(adapter, { userAgentAppId: 'shard-1' })).rejects.toThrow(
      'in session shard-1: played 1 of 1',
    )
  })

  test('starts one session again and leaves the others', async () => {
    await using adapter = await open(ONE_RESPONSE, { session: { by: 'app-id' } })
    await readReason(adapter, { userAgentAppId: 'shard-1' })
    await readReason(adapter, { userAgentAppId: 'shard-2' })
    adapter.reset('shard-1')
    expect(await readReason(adapter, { userAgentAppId: 'shard-1' })).toBe('one in 1')
    await expect(readReason(adapter, { userAgentAppId: 'shard-2' })).rejects.toThrow(
      'played 1 of 1',
    )
  })
}

function testFailures({ open }: ReplayAdapter): void {
  test('answers a clock that throws with a failure of its own', async () => {
    const broken = (): never => {
      throw new Error('the clock is broken')
    }
    await using adapter = await open(buildRecording(STARTED), {
      clock: { now: broken, sleep: broken },
      latency: 'recorded',
    })
    expect(await sendToFail(adapter, buildInput('started'))).toMatchObject({
      name: 'HarnessFailure',
      $metadata: { attempts: 1 },
    })
  })
}

function testWire({ open }: ReplayAdapter): void {
  test('keeps digits and texts as recorded', async () => {
    const text =
      '{"large":9007199254740993,"small":1e-400,"texts":["\u00e9\u{1f600}","\\ud800","</script>"]}'
    const recording = buildRecording(
      buildExchange(buildInput('a'), buildResponse(200, 'PLACEHOLDER')),
    )
    const { parseRecording } = await import('../../src/recording/index.ts')
    const { formatUnredacted } = await import('./unredacted.ts')
    await using adapter = await open(
      parseRecording(formatUnredacted(recording).replace('"PLACEHOLDER"', text)),
    )
    expect((await postInput(adapter, buildInput('a'))).text).toBe(text)
  })

  test('tells a number from its neighbour that the same double stands for', async () => {
    const recording = buildRecording(
      buildExchange({ count: 9_007_199_254_740_992 }, buildResponse(200, {})),
    )
    await using adapter = await open(recording)
    expect((await post(adapter, '{"count":9007199254740993}')).status).toBe(400)
    expect((await post(adapter, '{"count":9007199254740992.0}')).status).toBe(200)
  })

  test('serves an HTML error page as it was', async () => {
    const bodyText = '<html>\r\n<h1>502 Bad Gateway</h1>\u00e9</html>\n'
    const response = buildResponse(502, null, {
      headers: { 'content-type': 'text/html; charset=utf-8' },
      bodyText,
    })
    await using adapter = await open(buildRecording(buildExchange(buildInput('a'), response)))
    const { status, headers, text } = await postInput(adapter, buildInput('a'))
    expect([status, headers.get('content-type'), text]).toEqual([
      502,
      'text/html; charset=utf-8',
      bodyText,
    ])
  })

  test('serves bytes that are no text as they were', async () => {
    const bytes = Buffer.from([0, 255, 254, 128, 10])
    const response = buildResponse(200, null, {
      headers: { 'content-type': 'application/octet-stream' },
      bodyBase64: bytes.toString('base64'),
    })
    await using adapter = await open(buildRecording(buildExchange(buildInput('a'), response)))
    const headers = { 'x-amz-target': TARGET }
    const received = await adapter.fetch(adapter.url, {
      headers,
      body: JSON.stringify(buildInput('a')),
    })
    expect(Buffer.from(await received.arrayBuffer())).toEqual(bytes)
    expect(received.headers.get('content-length')).toBe('5')
  })

  test('serves a response without a body', async () => {
    await using adapter = await open(
      buildRecording(buildExchange(buildInput('a'), buildResponse(500, null))),
    )
    const { status, headers, text } = await postInput(adapter, buildInput('a'))
    expect([status, headers.get('content-length'), text]).toEqual([500, '0', ''])
  })

  test('makes Date, Content-Length and request id for now', async () => {
    const stale = {
      date: 'Mon, 21 Nov 2016 22:00:32 GMT',
      'content-length': '7',
      'x-amzn-requestid': 'recorded-request-id',
      connection: 'close',
    }
    const response = buildResponse(
      200,
      { tasks: [], failures: [{ reason: '\u00e9' }] },
      { headers: stale },
    )
    await using adapter = await open(buildRecording(buildExchange(buildInput('a'), response)), {
      afterLast: 'repeat',
    })
    const before = Date.now()
    const [first, second] = [
      await postInput(adapter, buildInput('a')),
      await postInput(adapter, buildInput('a')),
    ]
    expect(Math.abs(Date.parse(first.headers.get('date') ?? '') - before)).toBeLessThan(5000)
    expect(first.headers.get('content-length')).toBe(String(Buffer.byteLength(first.text)))
    const ids = [first, second].map(({ headers }) => headers.get('x-amzn-requestid'))
    expect(new Set([...ids, 'recorded-request-id']).size).toBe(3)
  })

  test('keeps the recorded headers by which a client knows an error and when to retry', async () => {
    const headers = {
      'x-amzn-errortype': 'ServerException',
      'retry-after': '1',
      'x-amz-retry-after': '2',
      'x-other': 'left out',
    }
    await using adapter = await open(
      buildRecording(buildExchange(buildInput('a'), buildResponse(500, {}, { headers }))),
    )
    const served = (await postInput(adapter, buildInput('a'))).headers
    const names = [
      'x-amzn-errortype',
      'retry-after',
      'x-amz-retry-after',
      'x-other',
      'content-type',
    ]
    expect(names.map((name) => served.get(name))).toEqual([
      'ServerException',
      '1',
      '2',
      null,
      'application/x-amz-json-1.1',
    ])
  })

  test('does not set the clock of an SDK client back', async () => {
    const stale = {
      ...REJECTED,
      response: buildResponse(
        400,
        { __type: 'ClientException' },
        { headers: { date: 'Mon, 21 Nov 2016 22:00:32 GMT' } },
      ),
    }
    await using adapter = await open(buildRecording(stale))
    expect(await sendToFail(adapter, buildInput('rejected'))).toMatchObject({
      name: 'ClientException',
      $metadata: { attempts: 1 },
    })
  })
}

function testBodies({ open }: ReplayAdapter): void {
  test.each([
    'application/x-amz-json-1.1; charset=utf-8',
    'application/x-amz-json-1.0',
    'text/plain',
  ])('does not mind the content type %s', async (type) => {
    await using adapter = await open(buildRecording(STARTED))
    expect((await postInput(adapter, buildInput('started'), { 'content-type': type })).status).toBe(
      200,
    )
  })

  test.each([
    ['no JSON', 'taskDefinition=web', 'The text is not JSON'],
    ['JSON cut in half', '{"taskDefinition":"web', 'The text is not JSON'],
    ['101 levels', `{"a":${'['.repeat(100)}${']'.repeat(100)}}`, 'nested deeper than 100 levels'],
    ['100,000 levels', '['.repeat(100_000), 'nested deeper than 100 levels'],
    ['no UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 'not UTF-8'],
  ])('answers a body that cannot be read with a miss: %s', async (_what, body, reason) => {
    await using adapter = await open(
      buildRecording(STARTED, buildExchange(null, buildResponse(200, {}))),
    )
    const { status, text } = await post(
      adapter,
      typeof body === 'string' ? body : new Uint8Array(body),
    )
    expect(status).toBe(400)
    expect(JSON.parse(text)).toMatchObject({
      __type: 'NoRecordingMatched',
      message: expect.stringContaining(reason),
    })
  })

  test('answers a body above the limit with 413', async () => {
    await using adapter = await open(buildRecording(STARTED))
    const { status, text } = await post(adapter, `"${'x'.repeat(4 * 1024 * 1024)}"`)
    expect(status).toBe(413)
    expect(JSON.parse(text)).toMatchObject({ __type: 'RequestTooLarge' })
  })

  test('takes an absent body for an empty object', async () => {
    await using adapter = await open(
      buildRecording(buildExchange({}, buildResponse(200, { tasks: [] }))),
    )
    expect((await post(adapter, undefined)).status).toBe(200)
  })

  test('does not take a request that was recorded unreadable for an empty one', async () => {
    const exchange = buildExchange(null, buildResponse(400, { __type: 'SerializationException' }))
    await using adapter = await open(
      buildRecording({
        ...exchange,
        request: { ...exchange.request, bodyText: '{"taskDefinition":' },
      }),
    )
    expect((await post(adapter, '{}')).text).toContain('NoRecordingMatched')
  })

  test('lets an ignored place not count', async () => {
    await using adapter = await open(buildRecording(STARTED), { match: { ignore: ['/startedBy'] } })
    expect((await postInput(adapter, { ...buildInput('started'), startedBy: 'me' })).status).toBe(
      200,
    )
  })
}

function testAccounting({ open }: ReplayAdapter): void {
  test('counts what was used, and what was not', async () => {
    await using adapter = await open([buildRecording(STARTED, REJECTED), buildRecording(LATER)], {
      afterLast: 'repeat',
    })
    await postInput(adapter, buildInput('started'))
    await postInput(adapter, buildInput('started'))
    await postInput(adapter, buildInput('a'))
    await postInput(adapter, buildInput('never recorded'))
    expect(adapter.used()).toEqual([
      { recording: 'recording 1', exchange: 1, times: 2 },
      { recording: 'recording 2', exchange: 1, times: 1 },
    ])
    expect(adapter.unused()).toEqual([{ recording: 'recording 1', exchange: 2 }])
  })

  test('says what nobody asked for, unless the test has failed already', async () => {
    await using adapter = await open(buildRecording(STARTED, REJECTED))
    await postInput(adapter, buildInput('started'))
    expect(() => adapter.requireAllUsed()).toThrow(
      '1 of 2 recorded exchanges were not asked for.\n  unused     recording 1 #2',
    )
    adapter.requireAllUsed({ hasFailed: true })
    await postInput(adapter, buildInput('rejected'))
    adapter.requireAllUsed()
  })

  test('counts nothing before the first request', async () => {
    await using adapter = await open(buildRecording(STARTED))
    expect([adapter.used(), adapter.unused()]).toEqual([
      [],
      [{ recording: 'recording 1', exchange: 1 }],
    ])
  })
}

/** What a client of an SDK or fetch meets, in words that hold for a response and for an error. */
function readMet(sent: Promise<{ $metadata: { attempts?: number } } | Met>): Promise<string> {
  return sent.then(
    (response) =>
      'status' in response
        ? `HTTP ${response.status}`
        : `a response to attempt ${response.$metadata.attempts}`,
    (error: unknown) => (error instanceof Error ? error.name : 'no error'),
  )
}

/** The code or name of the error that a client without any SDK meets. */
function readFailure(sent: Promise<Met>): Promise<string> {
  return sent.then(
    ({ status }) => `HTTP ${status}`,
    (error: unknown) => (error instanceof Error ? readCode(error) : 'no error'),
  )
}

function testDeviations({ open, deviations }: ReplayAdapter): void {
  const deviates = (deviation: Deviation) => deviations.has(deviation)
  const name = (deviation: Deviation, promise: string, instead: string) =>
    deviates(deviation) ? `DEVIATION: ${instead}; ${deviations.get(deviation)}` : promise

  test('through this adapter, meets an SDK client with a recorded reset, which it retries', async () => {
    const failing = buildExchange(buildInput('a'), { failure: 'reset', code: 'ECONNRESET' })
    await using adapter = await open(buildRecording(failing, LATER))
    expect(await readMet(send(adapter, buildInput('a')))).toBe('a response to attempt 2')
  })

  const refused = name(
    'refused connection',
    'meets a client with a recorded refusal by its code',
    'meets it with a failure of another name',
  )
  test(`through this adapter, ${refused}`, async () => {
    await using adapter = await open(
      buildRecording(buildExchange(buildInput('a'), { failure: 'refused', code: 'ECONNREFUSED' })),
    )
    const instead = deviates('reset of fetch') ? 'UND_ERR_SOCKET' : 'ECONNRESET'
    expect(await readFailure(postInput(adapter, buildInput('a')))).toBe(
      deviates('refused connection') ? instead : 'ECONNREFUSED',
    )
  })

  const timedOut = name(
    'time-out',
    'lets a client wait where a time-out was recorded',
    'meets it with an error at once',
  )
  test(`through this adapter, ${timedOut}`, async () => {
    await using adapter = await open(
      buildRecording(buildExchange(buildInput('a'), { failure: 'timeout', code: 'ETIMEDOUT' })),
    )
    const met = readFailure(postInput(adapter, buildInput('a')))
    const waited = await Promise.race([
      met.then(() => 'an error'),
      setTimeout(deviates('time-out') ? 4000 : 50, 'it waits', { ref: false }),
    ])
    expect(waited).toBe(deviates('time-out') ? 'an error' : 'it waits')
  })

  const other = name(
    'request of another service',
    'answers a request of another service with a miss',
    'meets it with a network error',
  )
  test(`through this adapter, ${other}`, async ({ onTestFinished }) => {
    const printed = vi.spyOn(console, 'error').mockImplementation(() => {}) // msw tells of it
    onTestFinished(() => printed.mockRestore())
    await using adapter = await open(buildRecording(STARTED))
    const met = await readMet(
      post(adapter, '{}', { 'x-amz-target': 'DynamoDB_20120810.ListTables' }),
    )
    expect(met).toBe(deviates('request of another service') ? 'TypeError' : 'HTTP 400')
  })

  const foreign = name(
    'foreign host',
    'refuses a web page of another origin',
    'answers whoever asks',
  )
  test(`through this adapter, ${foreign}`, async () => {
    await using adapter = await open(buildRecording(STARTED))
    const met = await readMet(
      postInput(adapter, buildInput('started'), { origin: 'https://evil.example' }),
    )
    expect(met).toBe(deviates('foreign host') ? 'HTTP 200' : 'HTTP 403')
  })
}
