import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import http2 from 'node:http2'
import { join } from 'node:path'
import type { Readable } from 'node:stream'

import { ECS, ListTasksCommand } from '@aws-sdk/client-ecs'
import { expect, test } from 'vitest'

import { captureCommands } from '../../src/recorder/commands.ts'
import { formatCanonicalJson } from '../../src/protocol/index.ts'
import { recordCommands } from '../../src/recorder/index.ts'
import {
  BODIES,
  configure,
  createClient,
  createCommand,
  createFetchHandler,
  createHandler,
  startTask,
} from './ecs-clients.ts'
import { describeExchanges, listNames, makeFolder, readRecording, runScript } from './recorders.ts'
import { type AnswerRequest, answerJson, answerNothing, startUpstream } from './upstream.ts'

/** A file of a test's own. */
const nameFile = () => join(makeFolder(), 'all.json')
const AWS_JSON = { 'content-type': 'application/x-amz-json-1.1' }
const RESPONSE = '{"failures":[{"arn":"ci-ä","reason":"AGENT"}],"tasks":[]}'

/** Records one StartTask of a client against a service; what the caller got, with and without a recorder, and what was recorded. */
async function recordOne(response: AnswerRequest, config: Parameters<typeof createClient>[1] = {}) {
  await using upstream = await startUpstream(response)
  const out = nameFile()
  const bare = createClient(upstream.url, config)
  const expected = await startTask(bare)
  const client = createClient(upstream.url, config)
  const recording = recordCommands(client, { out })
  const got = await startTask(client)
  const stopped = await recording.stop()
  bare.destroy()
  client.destroy()
  return { expected, got, stopped, out }
}

test('records what was asked, what came and when, and nothing that signs', async () => {
  const { expected, got, stopped, out } = await recordOne((_request, response) =>
    answerNothing(response),
  )
  expect(got).toEqual(expected)
  expect(stopped).toEqual({ written: [out], lost: 0 })
  const { exchanges, provenance } = readRecording(out)
  expect(provenance).toMatchObject({ source: 'AWS SDK v3 middleware' })
  expect(exchanges).toEqual([
    {
      operation: 'StartTask',
      invocation: 'invocation-1',
      attempt: 1,
      startedAtMs: expect.any(Number),
      headersMs: expect.any(Number),
      elapsedMs: expect.any(Number),
      request: {
        headers: {
          'content-type': 'application/x-amz-json-1.1',
          'x-amz-target': 'AmazonEC2ContainerServiceV20141113.StartTask',
        },
        body: { containerInstances: ['ci-a'], taskDefinition: 'web' },
      },
      response: {
        status: 200,
        headers: { 'content-type': 'application/x-amz-json-1.1' },
        body: { failures: [{ arn: 'ci-a', reason: 'AGENT' }], tasks: [] },
      },
    },
  ])
})

test('keeps what a recording tells of tasks when exchanges are added, at the same moments', async () => {
  await using upstream = await startUpstream((_request, response) => answerNothing(response))
  const out = nameFile()
  const told = {
    atMs: 5,
    task: { taskArn: 'arn:aws:ecs:us-east-1:000000000000:task/default/one', lastStatus: 'RUNNING' },
  }
  const before = {
    format: 'starttask-recording',
    version: 1,
    recordedAt: '2026-01-01T00:00:00.000Z',
    provenance: {},
    taskStateChanges: [told],
  }
  writeFileSync(out, JSON.stringify({ ...before, exchanges: [] }))
  const client = new ECS(configure(upstream.url))
  await using recording = recordCommands(client, { out })
  await client.startTask({ taskDefinition: 'web', containerInstances: ['ci-a'] })
  await recording.stop()
  client.destroy()
  const { recordedAt, taskStateChanges, exchanges } = readRecording(out)
  expect([
    exchanges.length,
    taskStateChanges?.map(({ atMs }) => Date.parse(recordedAt) + atMs),
  ]).toEqual([1, [Date.parse('2026-01-01T00:00:00.005Z')]])
})

test('records the aggregated client', async () => {
  await using upstream = await startUpstream((_request, response) => answerNothing(response))
  const out = nameFile()
  const client = new ECS(configure(upstream.url))
  await using recording = recordCommands(client, { out })
  await client.startTask({ taskDefinition: 'web', containerInstances: ['ci-a'] })
  await recording.stop()
  client.destroy()
  expect(describeExchanges(out)).toEqual(['invocation-1 attempt 1 200'])
})

test('records a client on fetch', async () => {
  const { expected, got, out } = await recordOne(
    (_request, response) => answerNothing(response, 'ci-ä'),
    {
      requestHandler: createFetchHandler(),
    },
  )
  expect(got).toEqual(expected)
  expect(got).toMatchObject({ status: 200 })
  expect(readRecording(out).exchanges[0]?.response).toMatchObject({
    status: 200,
    body: { failures: [{ arn: 'ci-ä' }] },
  })
})

test.each(Object.keys(BODIES))(
  'gives the caller the same bytes when a handler answers with a %s',
  async (kind) => {
    const make = BODIES[kind]
    const client = createClient('http://127.0.0.1:9', {
      requestHandler: createHandler(() => ({
        statusCode: 200,
        headers: AWS_JSON,
        body: make?.(RESPONSE),
      })),
    })
    const out = nameFile()
    await using recording = recordCommands(client, { out })
    expect(await startTask(client)).toEqual({
      status: 200,
      output: { tasks: [], failures: [{ arn: 'ci-ä', reason: 'AGENT' }] },
    })
    expect(await recording.stop()).toEqual({ written: [out], lost: 0 })
    expect(readRecording(out).exchanges[0]?.response).toMatchObject({
      status: 200,
      body: JSON.parse(RESPONSE),
    })
  },
)

test(
  'leaves a body alone that it does not know, counts the exchange as lost, and does not wait for it',
  { timeout: 1500 },
  async () => {
    const body = { [Symbol.asyncIterator]: () => [].values(), length: 0 }
    const client = createClient('http://127.0.0.1:9', {
      requestHandler: createHandler(() => ({ statusCode: 200, headers: AWS_JSON, body })),
      streamCollector: (stream) => Promise.resolve(Buffer.from(stream === body ? RESPONSE : '{}')),
    })
    await using recording = recordCommands(client, { out: nameFile() })
    expect(await startTask(client)).toMatchObject({ output: { failures: [{ reason: 'AGENT' }] } })
    expect(await recording.stop()).toEqual({ written: [], lost: 1 })
  },
)

test('leaves a body to its reader, however late that comes', async () => {
  await using upstream = await startUpstream((_request, response) => answerNothing(response))
  const out = nameFile()
  const client = createClient(upstream.url, {
    async streamCollector(stream: Readable) {
      for (const _ of [1, 2, 3]) await new Promise((resolve) => setImmediate(resolve))
      return Buffer.concat(await stream.toArray())
    },
  })
  await using recording = recordCommands(client, { out })
  expect(await startTask(client)).toMatchObject({ output: { failures: [{ reason: 'AGENT' }] } })
  expect(await recording.stop()).toEqual({ written: [out], lost: 0 })
  client.destroy()
  expect(readRecording(out).exchanges[0]?.response).toMatchObject({
    body: { failures: [{ reason: 'AGENT' }] },
  })
})

test('records each attempt of an invocation', async () => {
  await using upstream = await startUpstream((_request, response, count) => {
    if (count === 0) answerJson(response, 500, { __type: 'ServerException' })
    else if (count === 1) response.socket?.resetAndDestroy()
    else answerNothing(response)
  })
  const out = nameFile()
  const client = createClient(upstream.url)
  await using recording = recordCommands(client, { out })
  expect(await startTask(client)).toMatchObject({ status: 200 })
  await startTask(client)
  await recording.stop()
  client.destroy()
  expect(describeExchanges(out)).toEqual([
    'invocation-1 attempt 1 500',
    'invocation-1 attempt 2 reset ECONNRESET',
    'invocation-1 attempt 3 200',
    'invocation-2 attempt 1 200',
  ])
})

const never: AnswerRequest = () => {}
const reset: AnswerRequest = (_request, response) => response.socket?.resetAndDestroy()
const cut: AnswerRequest = (_request, response) => {
  response.writeHead(200, { ...AWS_JSON, 'content-length': 100 })
  response.write('{"tasks":', () => response.socket?.destroy())
}
const page: AnswerRequest = (_request, response) =>
  response.writeHead(403, { 'content-type': 'text/html' }).end('<h1>no</h1>')
const TIMEOUT = { requestTimeout: 40, throwOnRequestTimeout: true }

test.each([
  { what: 'a reset', response: reset, line: 'invocation-1 attempt 1 reset ECONNRESET' },
  {
    what: 'a body that breaks off',
    response: cut,
    line: 'invocation-1 attempt 1 truncated ECONNRESET',
  },
  {
    what: 'no response in time',
    response: never,
    requestHandler: TIMEOUT,
    line: 'invocation-1 attempt 1 timeout ETIMEDOUT',
  },
  { what: 'a page that is no JSON', response: page, line: 'invocation-1 attempt 1 403' },
])('records $what as the caller meets it', async ({ response, line, requestHandler }) => {
  const { expected, got, stopped, out } = await recordOne(response, {
    maxAttempts: 1,
    ...(requestHandler ? { requestHandler } : {}),
  })
  expect(got).toEqual(expected)
  expect(stopped).toEqual({ written: [out], lost: 0 })
  expect(describeExchanges(out)).toEqual([line])
})

test('records a body that breaks off under fetch', async () => {
  const { expected, got, out } = await recordOne(cut, {
    maxAttempts: 1,
    requestHandler: createFetchHandler(),
  })
  expect(got).toEqual(expected)
  expect(describeExchanges(out)).toEqual(['invocation-1 attempt 1 truncated ECONNRESET'])
})

test.each(['http', 'fetch'])('records a connection that is refused (%s)', async (by) => {
  const upstream = await startUpstream(never)
  const { url } = upstream
  await upstream[Symbol.asyncDispose]()
  const out = nameFile()
  const client = createClient(
    url,
    by === 'fetch' ? { requestHandler: createFetchHandler(), maxAttempts: 1 } : { maxAttempts: 1 },
  )
  await using recording = recordCommands(client, { out })
  await startTask(client)
  await recording.stop()
  expect(describeExchanges(out)[0]).toBe('invocation-1 attempt 1 refused ECONNREFUSED')
})

test.each(['http', 'fetch'])('records a command that its caller aborts (%s)', async (by) => {
  const met = Promise.withResolvers<void>()
  await using upstream = await startUpstream(() => met.resolve())
  const out = nameFile()
  const client = createClient(
    upstream.url,
    by === 'fetch' ? { requestHandler: createFetchHandler() } : {},
  )
  await using recording = recordCommands(client, { out })
  const abort = new AbortController()
  const sent = client.send(createCommand(), { abortSignal: abort.signal })
  await met.promise
  abort.abort()
  await expect(sent).rejects.toMatchObject({ name: 'AbortError' })
  await recording.stop()
  expect(describeExchanges(out)).toEqual(['invocation-1 attempt 1 other ABORT_ERR'])
})

test('tells the time until the headers from the time until the end', async () => {
  const seen = Promise.withResolvers<void>()
  await using upstream = await startUpstream(async (_request, response) => {
    response.writeHead(200, AWS_JSON).flushHeaders()
    await seen.promise
    setTimeout(() => response.end(RESPONSE), 30) // a service slow with its body
  })
  const client = createClient(upstream.url)
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args)
      seen.resolve()
      return result
    },
    { step: 'deserialize', name: 'seeHeaders', priority: 'low' },
  )
  const out = nameFile()
  await using recording = recordCommands(client, { out })
  await startTask(client)
  await recording.stop()
  client.destroy()
  const [{ elapsedMs = 0, headersMs = Infinity } = {}] = readRecording(out).exchanges
  expect(elapsedMs - headersMs).toBeGreaterThanOrEqual(25)
})

test('records StartTask and what allow names, and nothing else', async () => {
  await using upstream = await startUpstream((_request, response) =>
    answerJson(response, 200, { taskArns: [] }),
  )
  const client = createClient(upstream.url)
  const out = makeFolder()
  const first = recordCommands(client, { out: join(out, 'first.json') })
  await client.send(new ListTasksCommand({}))
  expect(await first.stop()).toEqual({ written: [], lost: 0 })
  const second = recordCommands(client, { out: join(out, 'second.json'), allow: ['ListTasks'] })
  await client.send(new ListTasksCommand({}))
  expect(await second.stop()).toEqual({ written: [join(out, 'second.json')], lost: 0 })
  client.destroy()
})

test('records a body that is text or bytes, and counts one that is a stream', async () => {
  await using upstream = await startUpstream((_request, response) => answerNothing(response))
  const out = nameFile()
  const client = createClient(upstream.url, { maxAttempts: 1 })
  const forms = [
    (text: string) => text,
    (text: string) => new TextEncoder().encode(text),
    BODIES['Readable of bytes'],
  ]
  client.middlewareStack.add(
    (next) => (args) => {
      // the SDK's own request, whose type it does not tell here
      const request = args.request as { body: unknown }
      const text = new TextDecoder().decode(request.body as Uint8Array)
      request.body = forms.shift()?.(text)
      return next(args)
    },
    { step: 'finalizeRequest', name: 'encodeBody', priority: 'low' },
  )
  await using recording = recordCommands(client, { out })
  for (const _ of [1, 2, 3]) expect(await startTask(client)).toMatchObject({ status: 200 })
  expect(await recording.stop()).toEqual({ written: [out], lost: 1 })
  client.destroy()
  const sent = '{"containerInstances":["ci-a"],"taskDefinition":"web"}'
  expect(upstream.met.map(({ body }) => sortText(body))).toEqual([sent, sent, sent])
  expect(
    readRecording(out).exchanges.map(({ request }) => sortText(JSON.stringify(request.body))),
  ).toEqual([sent, sent])
})

function sortText(body: string): string {
  return formatCanonicalJson(JSON.parse(body))
}

test('records two clients at once, each in its own place', async () => {
  await using upstream = await startUpstream((_request, response) => answerNothing(response))
  const out = makeFolder()
  const clients = ['first', 'second'].map((name) => ({ name, client: createClient(upstream.url) }))
  const sessions = clients.map(({ name, client }) =>
    recordCommands(client, { out: join(out, `${name}.json`) }),
  )
  await Promise.all(clients.map(({ name, client }) => startTask(client, { startedBy: name })))
  await Promise.all(sessions.map((session) => session.stop()))
  for (const { client } of clients) client.destroy()
  expect(listNames(out)).toEqual(['first.json', 'second.json'])
  expect(readRecording(join(out, 'second.json')).exchanges[0]?.request.body).toMatchObject({
    startedBy: 'second',
  })
})

test('refuses a client that is recorded already, until that recording stops', async () => {
  await using upstream = await startUpstream((_request, response) => answerNothing(response))
  const client = createClient(upstream.url)
  const out = makeFolder()
  const first = recordCommands(client, { out: join(out, 'first.json') })
  expect(() => recordCommands(client, { out: join(out, 'other.json') })).toThrow(
    expect.objectContaining({ code: 'already-active' }),
  )
  await startTask(client)
  expect(await first.stop()).toBe(await first.stop())
  await startTask(client)
  await using second = recordCommands(client, { out: join(out, 'second.json') })
  await startTask(client)
  await second.stop()
  client.destroy()
  expect(describeExchanges(join(out, 'first.json'))).toHaveLength(1)
  expect(describeExchanges(join(out, 'second.json'))).toHaveLength(1)
})

test('records a client that keeps its middleware resolved', async () => {
  await using upstream = await startUpstream((_request, response) => answerNothing(response))
  const client = createClient(upstream.url, { cacheMiddleware: true })
  const out = nameFile()
  await startTask(client)
  const recording = recordCommands(client, { out })
  await startTask(client)
  await startTask(client)
  await recording.stop()
  expect(await startTask(client)).toMatchObject({ status: 200 })
  client.destroy()
  expect(describeExchanges(out)).toHaveLength(2)
})

test('waits for a command in flight when it stops', async () => {
  const met = Promise.withResolvers<() => void>()
  await using upstream = await startUpstream((_request, response) =>
    met.resolve(() => answerNothing(response)),
  )
  const client = createClient(upstream.url)
  const out = nameFile()
  const recording = recordCommands(client, { out })
  const sent = startTask(client)
  const response = await met.promise
  const stopped = recording.stop()
  response()
  expect(await sent).toMatchObject({ status: 200 })
  expect(await stopped).toEqual({ written: [out], lost: 0 })
  client.destroy()
})

test('lets a command go on that takes longer than stopping waits', async () => {
  const met = Promise.withResolvers<() => void>()
  await using upstream = await startUpstream((_request, response) =>
    met.resolve(() => answerNothing(response)),
  )
  const client = createClient(upstream.url)
  const recording = recordCommands(client, { out: nameFile() })
  const sent = startTask(client)
  const response = await met.promise
  expect(await recording.stop()).toEqual({ written: [], lost: 1 })
  response()
  expect(await sent).toMatchObject({ status: 200 })
  client.destroy()
})

const drop = () => {}
const broken = () => {
  throw new Error('The recorder is broken.')
}
test.each([
  { what: 'begins with an error', begin: broken, missed: 1 },
  { what: 'throws when an exchange ends', begin: () => ({ drop, finish: broken }), missed: 0 },
  {
    what: 'rejects',
    begin: () => ({ drop, finish: () => Promise.reject(new Error('The recorder is broken.')) }),
    missed: 0,
  },
  {
    what: 'never comes to an end',
    begin: () => ({ drop, finish: () => new Promise<void>(() => {}) }),
    missed: 0,
  },
])('keeps a recorder that $what from the caller', async ({ begin, missed }) => {
  await using upstream = await startUpstream((_request, response, count) =>
    count === 0 ? reset(_request, response, count) : answerNothing(response),
  )
  const client = createClient(upstream.url)
  const capture = captureCommands(client, ['StartTask'], begin)
  expect(await startTask(client)).toMatchObject({ status: 200 })
  expect(await capture.stop()).toEqual({ missed: missed * 2 })
  client.destroy()
})

test('fails no command when the disk is full, and says at the end what was lost', async () => {
  await using upstream = await startUpstream((_request, response) =>
    answerNothing(response, 'x'.repeat(4000)),
  )
  const ended = await runScript(
    'record-commands.ts',
    { out: nameFile(), url: upstream.url, times: 8 },
    { fileBlocks: 16 },
  )
  expect(ended.stderr).toBe('')
  expect(JSON.parse(ended.stdout)).toEqual({
    met: Array.from({ length: 8 }, () => 200),
    error: 'write-failed',
  })
})

test.each(['http', 'fetch'])(
  'keeps the last exchange when the process exits at once after it (%s)',
  async (by) => {
    await using upstream = await startUpstream((_request, response) => answerNothing(response))
    const out = nameFile()
    const ended = await runScript('record-commands.ts', {
      out,
      url: upstream.url,
      times: 3,
      by,
      exit: true,
    })
    expect(ended).toEqual({ code: 3, stdout: '', stderr: '' })
    expect(describeExchanges(out)).toHaveLength(3)
  },
)

test('leaves clients of node:http2 alone', async () => {
  const server = http2.createServer((_request, response) => response.end('h2'))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  await using upstream = await startUpstream((_request, response) => answerNothing(response))
  const client = createClient(upstream.url)
  await using recording = recordCommands(client, { out: nameFile() })
  const session = http2.connect(
    `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
  )
  const sent = session.request({ ':path': '/' }).setEncoding('utf8')
  const [text] = await once(sent, 'data')
  expect(text).toBe('h2')
  session.close()
  server.close()
  expect(await startTask(client)).toMatchObject({ status: 200 })
  client.destroy()
  void recording
})

test.each([
  { out: '' },
  { out: 'x', upstream: 'http://127.0.0.1' },
  { out: 'x', allow: ['ExecuteCommand'] },
  { out: 'x', allow: 'RunTask' },
  { out: 'x', note: 5 },
])('refuses the options %j, and leaves the client alone', (options) => {
  const client = createClient('http://127.0.0.1:9')
  const before = client.middlewareStack.identify()
  // what a caller without types may pass
  const given = options as Parameters<typeof recordCommands>[1]
  expect(() => recordCommands(client, given)).toThrow(expect.objectContaining({ code: 'usage' }))
  expect(client.middlewareStack.identify()).toEqual(before)
})

test.each([undefined, {}, { middlewareStack: {} }])('refuses %j for a client', (client) => {
  // what a caller without types may pass
  const given = client as Parameters<typeof recordCommands>[0]
  expect(() => recordCommands(given, { out: nameFile() })).toThrow(
    expect.objectContaining({ code: 'usage' }),
  )
})
