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

import { type Accounting, carryAccounting } from '../../src/replayer/engine/accounting.ts'
import { type Miss, type Recordings, type ReplayOptions } from '../../src/replayer/engine/index.ts'
import type { Exchange } from '../../src/protocol/index.ts'
import {
  buildAnswer,
  buildExchange,
  buildInput,
  buildRecording,
  OUTCOMES,
  REJECTED,
  STARTED,
  TARGET,
} from '../replayer/recorded-exchanges.ts'
import { type ClientName, readCode, type Way } from './adapter-clients.ts'
import type { DoorFetch } from './adapter-fetch.ts'
import { testDoorClients } from './adapter-pairs.ts'

/** What one door cannot do as the other does. */
export type Deviation =
  | 'reset of undici'
  | 'refused connection'
  | 'time-out'
  | 'request of another service'
  | 'foreign host'

/** A way in to the replayer for a client that speaks HTTP. */
export interface ReplayDoor {
  /** Opens the door; `url` is what its client takes as endpoint. */
  open: (recordings: Recordings, options?: ReplayOptions) => Promise<OpenDoor>
  /** Which clients can go through it; others have no place for what the door gives. */
  clients: readonly ClientName[]
  /** Why the door deviates. The suite tests what a client meets instead. */
  deviations: ReadonlyMap<Deviation, string>
}

export interface OpenDoor extends AsyncDisposable, Accounting, Way {
  /** How a client without an SDK goes through it. */
  fetch: DoorFetch
}

/** A door as it is opened, with what the suite needs of it. */
export function describeDoor(
  door: Accounting,
  way: Way & Pick<OpenDoor, 'fetch'>,
  stop: () => unknown = () => undefined,
): OpenDoor {
  return {
    ...carryAccounting(door),
    ...way,
    [Symbol.asyncDispose]: async () => void (await stop()),
  }
}

/** What a client meets at a door, read whole. */
interface Met {
  status: number
  headers: Headers
  text: string
}

/** A client of AWS JSON without any SDK. */
async function post(
  door: OpenDoor,
  body: string | Uint8Array<ArrayBuffer> | undefined,
  headers: Record<string, string> = {},
): Promise<Met> {
  const all = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': TARGET, ...headers }
  const answer = await door.fetch(door.url, {
    headers: all,
    ...(body === undefined ? {} : { body }),
  })
  return { status: answer.status, headers: answer.headers, text: await answer.text() }
}

function postInput(door: OpenDoor, input: unknown, headers?: Record<string, string>): Promise<Met> {
  return post(door, JSON.stringify(input), headers)
}

function createClient(door: OpenDoor, config: ECSClientConfig = {}): ECSClient {
  const credentials = { accessKeyId: 'AKID', secretAccessKey: 'none' }
  return new ECSClient({
    endpoint: door.url,
    region: 'us-east-1',
    credentials,
    ...door.client,
    ...config,
  })
}

function send(door: OpenDoor, input: StartTaskCommandInput) {
  return createClient(door).send(new StartTaskCommand(input))
}

function sendToFail(door: OpenDoor, input: StartTaskCommandInput): Promise<unknown> {
  return send(door, input).then(
    () => expect.unreachable('the client met no error'),
    (error: unknown) => error,
  )
}

/** The tests of every door: call it in a test file of its own, for msw and a listening server disturb each other in one process. */
export function testReplayDoor(door: ReplayDoor): void {
  testOutcomes(door)
  testMisses(door)
  testSequences(door)
  testInvocations(door)
  testSessions(door)
  testFailures(door)
  testWire(door)
  testBodies(door)
  testAccounting(door)
  testDeviations(door)
  testDoorClients(door)
}

function testOutcomes({ open }: ReplayDoor): void {
  test('gives an SDK client a started task', async () => {
    await using door = await open(buildRecording(...OUTCOMES))
    const { tasks, failures, $metadata } = await send(door, buildInput('started'))
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
    await using door = await open(buildRecording(...OUTCOMES))
    const { tasks, failures } = await send(door, buildInput('partial'))
    expect([tasks?.length, failures?.[0]?.reason]).toEqual([1, 'AGENT'])
  })

  test('gives an SDK client failures alone, with HTTP 200', async () => {
    await using door = await open(buildRecording(...OUTCOMES))
    const { tasks, failures, $metadata } = await send(door, buildInput('unplaced'))
    expect([tasks, failures?.[0]?.reason, $metadata.httpStatusCode]).toEqual([[], 'AGENT', 200])
  })

  test('gives an SDK client a rejection of its own class, in one attempt', async () => {
    await using door = await open(buildRecording(...OUTCOMES))
    const error = await sendToFail(door, buildInput('rejected'))
    expect(error).toBeInstanceOf(ClusterNotFoundException)
    expect(error).toMatchObject({
      message: 'Cluster not found.',
      $metadata: { httpStatusCode: 400, attempts: 1 },
    })
  })

  test.each(OUTCOMES)('gives fetch the body of outcome %# as recorded', async (exchange) => {
    await using door = await open(buildRecording(...OUTCOMES))
    const { text } = await postInput(door, exchange.request.body)
    expect(JSON.parse(text)).toEqual('body' in exchange.answer ? exchange.answer.body : undefined)
  })
}

function testMisses({ open }: ReplayDoor): void {
  test('answers a miss with HTTP 400 and the nearest request', async () => {
    await using door = await open(buildRecording(STARTED))
    const { status, headers, text } = await postInput(door, {
      ...buildInput('started'),
      startedBy: 'me',
    })
    expect([status, headers.get('content-type')]).toEqual([400, 'application/x-amz-json-1.1'])
    expect(JSON.parse(text)).toEqual({
      __type: 'NoRecordingMatched',
      message: expect.stringContaining(
        'nearest    recording 1 #1, one difference: /startedBy not recorded, sent "me"',
      ),
    })
  })

  test('meets an SDK client that would retry with a miss after one attempt', async () => {
    const misses: Miss[] = []
    await using door = await open(buildRecording(STARTED), { onMiss: (miss) => misses.push(miss) })
    const error = await sendToFail(door, buildInput('other'))
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
    await using door = await open(buildRecording(STARTED))
    const sent = createClient(door).send(new ListClustersCommand({}))
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
    await using door = await open(buildRecording(STARTED), { onMiss })
    const error = await sendToFail(door, buildInput('other'))
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
  buildAnswer(503, { __type: 'ServiceUnavailable', message: 'Try again.' }),
)
const LATER = buildExchange(
  buildInput('a'),
  buildAnswer(200, { tasks: [], failures: [{ reason: 'AGENT' }] }),
)

async function readStatuses(door: OpenDoor, count: number): Promise<number[]> {
  const statuses: number[] = []
  for (let sent = 0; sent < count; sent++)
    statuses.push((await postInput(door, buildInput('a'))).status)
  return statuses
}

function testSequences({ open }: ReplayDoor): void {
  test('plays 503, 503, 200 in order to an SDK client that retries', async () => {
    await using door = await open(buildRecording(UNAVAILABLE, UNAVAILABLE, LATER))
    const { failures, $metadata } = await send(door, buildInput('a'))
    expect([failures?.[0]?.reason, $metadata.attempts]).toEqual(['AGENT', 3])
  })

  test('says how many are played when all are', async () => {
    await using door = await open(buildRecording(UNAVAILABLE, LATER))
    await readStatuses(door, 2)
    const { status, text } = await postInput(door, buildInput('a'))
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
  ] as const)('after the last answer, %s', async (afterLast, statuses) => {
    await using door = await open(buildRecording(UNAVAILABLE, LATER), { afterLast })
    expect(await readStatuses(door, 4)).toEqual(statuses)
  })

  test('plays the exchanges of several recordings in the order given', async () => {
    await using door = await open([buildRecording(LATER), buildRecording(UNAVAILABLE)])
    expect(await readStatuses(door, 2)).toEqual([200, 503])
  })

  test('gives each of many requests at once an answer of its own', async () => {
    const exchanges = Array.from({ length: 20 }, (_, index) =>
      buildExchange(buildInput('a'), buildAnswer(200, { index })),
    )
    await using door = await open(buildRecording(...exchanges))
    const answers = await Promise.all(exchanges.map(() => postInput(door, buildInput('a'))))
    expect(answers.map(({ text }) => text).toSorted()).toEqual(
      exchanges.map((_, index) => `{"index":${index}}`).toSorted(),
    )
  })

  test('takes as long as recorded when asked to, on the clock it is given', async () => {
    const slept: number[] = []
    const clock = { now: () => Date.now(), sleep: async (ms: number) => void slept.push(ms) }
    await using door = await open(buildRecording(LATER), { latency: { scale: 2 }, clock })
    await readStatuses(door, 1)
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
      ...buildExchange(buildInput('a'), buildAnswer(status, body)),
      invocation,
      attempt: index + 1,
    }
  })
}

async function readReason(door: OpenDoor, config?: ECSClientConfig): Promise<string> {
  const { failures, $metadata } = await createClient(door, config).send(
    new StartTaskCommand(buildInput('a')),
  )
  return `${failures?.[0]?.reason} in ${$metadata.attempts}`
}

function testInvocations({ open }: ReplayDoor): void {
  test('gives the attempts of each invocation to an invocation of their own, also of two at once', async () => {
    await using door = await open(
      buildRecording(...buildInvocation('one', 503, 200), ...buildInvocation('two', 503, 503, 200)),
    )
    expect((await Promise.all([readReason(door), readReason(door)])).toSorted()).toEqual([
      'one in 2',
      'two in 3',
    ])
    expect(door.unused()).toEqual([])
  })

  test('gives the last attempt alone when attempts are collapsed', async () => {
    const recording = buildRecording(
      ...buildInvocation('one', 503, 200),
      ...buildInvocation('two', 503, 503, 200),
    )
    await using door = await open(recording, { attempts: 'collapsed' })
    expect([await readReason(door), await readReason(door)]).toEqual(['one in 1', 'two in 1'])
    expect(door.unused()).toEqual([])
  })

  test('goes through attempts one by one with a client that names no invocation', async () => {
    await using door = await open(
      buildRecording(...buildInvocation('one', 503, 200), ...buildInvocation('two', 200)),
    )
    expect(await readStatuses(door, 4)).toEqual([503, 200, 200, 400])
  })
}

const ONE_ANSWER = buildRecording(...buildInvocation('one', 200))

function testSessions({ open }: ReplayDoor): void {
  test.each(['shard-1', '/shard-1/', 'ci/shard-1'])(
    'keeps counters of their own for the endpoint path %s',
    async (path) => {
      await using door = await open(ONE_ANSWER)
      const endpoint = new URL(path, door.url).href
      expect(await readReason(door, { endpoint })).toBe('one in 1')
      expect(await readReason(door)).toBe('one in 1')
      await expect(readReason(door, { endpoint })).rejects.toThrow('in session')
    },
  )

  test('keeps counters of their own for each access key when asked to', async () => {
    await using door = await open(ONE_ANSWER, { session: { by: 'access-key' } })
    const createConfig = (accessKeyId: string) => ({
      credentials: { accessKeyId, secretAccessKey: 'none' },
    })
    expect(await readReason(door, createConfig('SHARDONE'))).toBe('one in 1')
    expect(await readReason(door, createConfig('SHARDTWO'))).toBe('one in 1')
    await expect(readReason(door, createConfig('SHARDONE'))).rejects.toThrow('played 1 of 1')
    expect(JSON.stringify(door.sessions())).not.toContain('SHARDONE')
  })

  test('keeps counters of their own for each app id when asked to', async () => {
    await using door = await open(ONE_ANSWER, { session: { by: 'app-id' } })
    expect(await readReason(door, { userAgentAppId: 'shard-1' })).toBe('one in 1')
    expect(await readReason(door, { userAgentAppId: 'shard-2' })).toBe('one in 1')
    await expect(readReason(door, { userAgentAppId: 'shard-1' })).rejects.toThrow(
      'in session shard-1: played 1 of 1',
    )
  })

  test('starts one session again and leaves the others', async () => {
    await using door = await open(ONE_ANSWER, { session: { by: 'app-id' } })
    await readReason(door, { userAgentAppId: 'shard-1' })
    await readReason(door, { userAgentAppId: 'shard-2' })
    door.reset('shard-1')
    expect(await readReason(door, { userAgentAppId: 'shard-1' })).toBe('one in 1')
    await expect(readReason(door, { userAgentAppId: 'shard-2' })).rejects.toThrow('played 1 of 1')
  })
}

function testFailures({ open }: ReplayDoor): void {
  test('answers a clock that throws with a failure of its own', async () => {
    const broken = (): never => {
      throw new Error('the clock is broken')
    }
    await using door = await open(buildRecording(STARTED), {
      clock: { now: broken, sleep: broken },
      latency: 'recorded',
    })
    expect(await sendToFail(door, buildInput('started'))).toMatchObject({
      name: 'HarnessFailure',
      $metadata: { attempts: 1 },
    })
  })
}

function testWire({ open }: ReplayDoor): void {
  test('keeps digits and texts as recorded', async () => {
    const text =
      '{"large":9007199254740993,"small":1e-400,"texts":["\u00e9\u{1f600}","\\ud800","</script>"]}'
    const recording = buildRecording(
      buildExchange(buildInput('a'), buildAnswer(200, 'PLACEHOLDER')),
    )
    const { parseRecording, formatRecording } = await import('../../src/recording/index.ts')
    await using door = await open(
      parseRecording(formatRecording(recording).replace('"PLACEHOLDER"', text)),
    )
    expect((await postInput(door, buildInput('a'))).text).toBe(text)
  })

  test('tells a number from its neighbour that the same double stands for', async () => {
    const recording = buildRecording(
      buildExchange({ count: 9_007_199_254_740_992 }, buildAnswer(200, {})),
    )
    await using door = await open(recording)
    expect((await post(door, '{"count":9007199254740993}')).status).toBe(400)
    expect((await post(door, '{"count":9007199254740992.0}')).status).toBe(200)
  })

  test('serves an HTML error page as it was', async () => {
    const bodyText = '<html>\r\n<h1>502 Bad Gateway</h1>\u00e9</html>\n'
    const answer = buildAnswer(502, null, {
      headers: { 'content-type': 'text/html; charset=utf-8' },
      bodyText,
    })
    await using door = await open(buildRecording(buildExchange(buildInput('a'), answer)))
    const { status, headers, text } = await postInput(door, buildInput('a'))
    expect([status, headers.get('content-type'), text]).toEqual([
      502,
      'text/html; charset=utf-8',
      bodyText,
    ])
  })

  test('serves bytes that are no text as they were', async () => {
    const bytes = Buffer.from([0, 255, 254, 128, 10])
    const answer = buildAnswer(200, null, {
      headers: { 'content-type': 'application/octet-stream' },
      bodyBase64: bytes.toString('base64'),
    })
    await using door = await open(buildRecording(buildExchange(buildInput('a'), answer)))
    const headers = { 'x-amz-target': TARGET }
    const received = await door.fetch(door.url, { headers, body: JSON.stringify(buildInput('a')) })
    expect(Buffer.from(await received.arrayBuffer())).toEqual(bytes)
    expect(received.headers.get('content-length')).toBe('5')
  })

  test('serves an answer without a body', async () => {
    await using door = await open(
      buildRecording(buildExchange(buildInput('a'), buildAnswer(500, null))),
    )
    const { status, headers, text } = await postInput(door, buildInput('a'))
    expect([status, headers.get('content-length'), text]).toEqual([500, '0', ''])
  })

  test('makes Date, Content-Length and request id for now', async () => {
    const stale = {
      date: 'Mon, 21 Nov 2016 22:00:32 GMT',
      'content-length': '7',
      'x-amzn-requestid': 'recorded-request-id',
      connection: 'close',
    }
    const answer = buildAnswer(
      200,
      { tasks: [], failures: [{ reason: '\u00e9' }] },
      { headers: stale },
    )
    await using door = await open(buildRecording(buildExchange(buildInput('a'), answer)), {
      afterLast: 'repeat',
    })
    const before = Date.now()
    const [first, second] = [
      await postInput(door, buildInput('a')),
      await postInput(door, buildInput('a')),
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
    await using door = await open(
      buildRecording(buildExchange(buildInput('a'), buildAnswer(500, {}, { headers }))),
    )
    const served = (await postInput(door, buildInput('a'))).headers
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
      answer: buildAnswer(
        400,
        { __type: 'ClientException' },
        { headers: { date: 'Mon, 21 Nov 2016 22:00:32 GMT' } },
      ),
    }
    await using door = await open(buildRecording(stale))
    expect(await sendToFail(door, buildInput('rejected'))).toMatchObject({
      name: 'ClientException',
      $metadata: { attempts: 1 },
    })
  })
}

function testBodies({ open }: ReplayDoor): void {
  test.each([
    'application/x-amz-json-1.1; charset=utf-8',
    'application/x-amz-json-1.0',
    'text/plain',
  ])('does not mind the content type %s', async (type) => {
    await using door = await open(buildRecording(STARTED))
    expect((await postInput(door, buildInput('started'), { 'content-type': type })).status).toBe(
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
    await using door = await open(
      buildRecording(STARTED, buildExchange(null, buildAnswer(200, {}))),
    )
    const { status, text } = await post(
      door,
      typeof body === 'string' ? body : new Uint8Array(body),
    )
    expect(status).toBe(400)
    expect(JSON.parse(text)).toMatchObject({
      __type: 'NoRecordingMatched',
      message: expect.stringContaining(reason),
    })
  })

  test('answers a body above the limit with 413', async () => {
    await using door = await open(buildRecording(STARTED))
    const { status, text } = await post(door, `"${'x'.repeat(4 * 1024 * 1024)}"`)
    expect(status).toBe(413)
    expect(JSON.parse(text)).toMatchObject({ __type: 'RequestTooLarge' })
  })

  test('takes an absent body for an empty object', async () => {
    await using door = await open(
      buildRecording(buildExchange({}, buildAnswer(200, { tasks: [] }))),
    )
    expect((await post(door, undefined)).status).toBe(200)
  })

  test('does not take a request that was recorded unreadable for an empty one', async () => {
    const exchange = buildExchange(null, buildAnswer(400, { __type: 'SerializationException' }))
    await using door = await open(
      buildRecording({
        ...exchange,
        request: { ...exchange.request, bodyText: '{"taskDefinition":' },
      }),
    )
    expect((await post(door, '{}')).text).toContain('NoRecordingMatched')
  })

  test('lets an ignored place not count', async () => {
    await using door = await open(buildRecording(STARTED), { match: { ignore: ['/startedBy'] } })
    expect((await postInput(door, { ...buildInput('started'), startedBy: 'me' })).status).toBe(200)
  })
}

function testAccounting({ open }: ReplayDoor): void {
  test('counts what was used, and what was not', async () => {
    await using door = await open([buildRecording(STARTED, REJECTED), buildRecording(LATER)], {
      afterLast: 'repeat',
    })
    await postInput(door, buildInput('started'))
    await postInput(door, buildInput('started'))
    await postInput(door, buildInput('a'))
    await postInput(door, buildInput('never recorded'))
    expect(door.used()).toEqual([
      { recording: 'recording 1', exchange: 1, times: 2 },
      { recording: 'recording 2', exchange: 1, times: 1 },
    ])
    expect(door.unused()).toEqual([{ recording: 'recording 1', exchange: 2 }])
  })

  test('says what nobody asked for, unless the test has failed already', async () => {
    await using door = await open(buildRecording(STARTED, REJECTED))
    await postInput(door, buildInput('started'))
    expect(() => door.requireAllUsed()).toThrow(
      '1 of 2 recorded exchanges were not asked for.\n  unused     recording 1 #2',
    )
    door.requireAllUsed({ hasFailed: true })
    await postInput(door, buildInput('rejected'))
    door.requireAllUsed()
  })

  test('counts nothing before the first request', async () => {
    await using door = await open(buildRecording(STARTED))
    expect([door.used(), door.unused()]).toEqual([[], [{ recording: 'recording 1', exchange: 1 }]])
  })
}

/** What a client of an SDK or fetch meets, in words that hold for an answer and for an error. */
function readMet(sent: Promise<{ $metadata: { attempts?: number } } | Met>): Promise<string> {
  return sent.then(
    (answer) =>
      'status' in answer
        ? `HTTP ${answer.status}`
        : `an answer to attempt ${answer.$metadata.attempts}`,
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

function testDeviations({ open, deviations }: ReplayDoor): void {
  const deviates = (deviation: Deviation) => deviations.has(deviation)
  const name = (deviation: Deviation, promise: string, instead: string) =>
    deviates(deviation) ? `DEVIATION: ${instead}; ${deviations.get(deviation)}` : promise

  test('through this door, meets an SDK client with a recorded reset, which it retries', async () => {
    const failing = buildExchange(buildInput('a'), { failure: 'reset', code: 'ECONNRESET' })
    await using door = await open(buildRecording(failing, LATER))
    expect(await readMet(send(door, buildInput('a')))).toBe('an answer to attempt 2')
  })

  const refused = name(
    'refused connection',
    'meets a client with a recorded refusal by its code',
    'meets it with a failure of another name',
  )
  test(`through this door, ${refused}`, async () => {
    await using door = await open(
      buildRecording(buildExchange(buildInput('a'), { failure: 'refused', code: 'ECONNREFUSED' })),
    )
    const instead = deviates('reset of undici') ? 'UND_ERR_SOCKET' : 'ECONNRESET'
    expect(await readFailure(postInput(door, buildInput('a')))).toBe(
      deviates('refused connection') ? instead : 'ECONNREFUSED',
    )
  })

  const timedOut = name(
    'time-out',
    'lets a client wait where a time-out was recorded',
    'meets it with an error at once',
  )
  test(`through this door, ${timedOut}`, async () => {
    await using door = await open(
      buildRecording(buildExchange(buildInput('a'), { failure: 'timeout', code: 'ETIMEDOUT' })),
    )
    const met = readFailure(postInput(door, buildInput('a')))
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
  test(`through this door, ${other}`, async ({ onTestFinished }) => {
    const printed = vi.spyOn(console, 'error').mockImplementation(() => {}) // msw tells of it
    onTestFinished(() => printed.mockRestore())
    await using door = await open(buildRecording(STARTED))
    const met = await readMet(post(door, '{}', { 'x-amz-target': 'DynamoDB_20120810.ListTables' }))
    expect(met).toBe(deviates('request of another service') ? 'TypeError' : 'HTTP 400')
  })

  const foreign = name(
    'foreign host',
    'refuses a web page of another origin',
    'answers whoever asks',
  )
  test(`through this door, ${foreign}`, async () => {
    await using door = await open(buildRecording(STARTED))
    const met = await readMet(
      postInput(door, buildInput('started'), { origin: 'https://evil.example' }),
    )
    expect(met).toBe(deviates('foreign host') ? 'HTTP 200' : 'HTTP 403')
  })
}
