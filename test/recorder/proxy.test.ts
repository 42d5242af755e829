import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { request as requestHttp, type RequestOptions } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

import { expect, inject, test } from 'vitest'

import { type RecordingProxyOptions, startRecordingProxy } from '../../src/recorder/index.ts'
import { isObject } from '../../src/protocol/index.ts'
import { createPseudonyms } from '../../src/redaction/index.ts'
import { startProvider } from '../../src/provider/index.ts'
import { describeExchanges, makeFolder, readRecording } from './recorders.ts'
import { answerNothing, startUpstream } from './upstream.ts'

const TARGET = 'AmazonEC2ContainerServiceV20141113.StartTask'

interface Response {
  status: number
  headers: Record<string, unknown>
  body: string
}

/** Sends to the proxy what a test wants, path and Host included, on a connection of its own. */
function send(
  url: string,
  body: string | Buffer,
  more: Pick<RequestOptions, 'path' | 'method'> & { headers?: Record<string, string> } = {},
): Promise<Response> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const headers = { 'x-amz-target': TARGET, ...more.headers }
    const sent = requestHttp(
      { hostname, port, method: 'POST', path: '/', agent: false, ...more, headers },
      (response) => {
        text(response).then(
          (read) =>
            resolve({ status: response.statusCode ?? 0, headers: response.headers, body: read }),
          reject,
        )
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}

const makeOut = () => join(makeFolder(), 'all.json')

async function startProxied(
  options: Partial<RecordingProxyOptions> = {},
  respond: Parameters<typeof startUpstream>[0] = (_request, response) => answerNothing(response),
) {
  const upstream = await startUpstream(respond)
  const out = makeOut()
  const proxy = await startRecordingProxy({ out, upstream: upstream.url, ...options })
  const dispose = async () => {
    await proxy[Symbol.asyncDispose]()
    await upstream[Symbol.asyncDispose]()
  }
  return { upstream, out, proxy, [Symbol.asyncDispose]: dispose }
}

function readErrorName({ body }: Response): unknown {
  const parsed: unknown = JSON.parse(body)
  return isObject(parsed) ? parsed['__type'] : undefined
}

test('passes a request on as it came, but for what belongs to the connection', async () => {
  await using proxied = await startProxied()
  const body = '{ "startedBy" : "é", "n": 1.0 }'
  const headers = {
    authorization: 'AWS4-HMAC-SHA256 x',
    'x-Custom': 'kept',
    'proxy-authorization': 'Basic eA==',
    expect: '100-continue',
  }
  expect((await send(proxied.proxy.url, body, { headers })).status).toBe(200)
  const [met] = proxied.upstream.met
  expect(met?.body).toBe(body)
  expect(met?.headers).toMatchObject({
    authorization: 'AWS4-HMAC-SHA256 x',
    'x-custom': 'kept',
    host: new URL(proxied.upstream.url).host,
  })
  expect(met?.headers).not.toHaveProperty('proxy-authorization')
  expect(met?.headers).not.toHaveProperty('expect')
})

test('sends to the path that the upstream names', async () => {
  await using upstream = await startUpstream((_request, response) => answerNothing(response))
  await using proxy = await startRecordingProxy({
    out: makeOut(),
    upstream: `${upstream.url}/gateway/ecs`,
  })
  await send(proxy.url, '{}')
  expect(upstream.met.map(({ url }) => url)).toEqual(['/gateway/ecs'])
})

test('passes a response on as it came', async () => {
  await using proxied = await startProxied({}, (_request, response) =>
    response.writeHead(418, { 'x-odd': 'y', 'retry-after': '2' }).end('<p>no</p>'),
  )
  expect(await send(proxied.proxy.url, '{}')).toMatchObject({
    status: 418,
    headers: { 'x-odd': 'y', 'retry-after': '2' },
    body: '<p>no</p>',
  })
})

test('refuses an operation that is not allowed, and sends it nowhere', async () => {
  await using proxied = await startProxied()
  const response = await send(proxied.proxy.url, '{}', {
    headers: { 'x-amz-target': 'AmazonEC2ContainerServiceV20141113.DeleteCluster' },
  })
  expect(response.status).toBe(400)
  expect(readErrorName(response)).toBe('OperationNotAllowed')
  expect(response.body).toContain('--allow DeleteCluster')
  expect(proxied.upstream.met).toEqual([])
  expect(await proxied.proxy.stop()).toEqual({ written: [], lost: 0 })
  expect(existsSync(proxied.out)).toBe(false)
})

test('lets an operation through that is allowed, and records it', async () => {
  await using proxied = await startProxied({ allow: ['ListTasks'] })
  await send(proxied.proxy.url, '{}', {
    headers: { 'x-amz-target': 'AmazonEC2ContainerServiceV20141113.ListTasks' },
  })
  await proxied.proxy.stop()
  expect(readRecording(proxied.out).exchanges.map(({ operation }) => operation)).toEqual([
    'ListTasks',
  ])
})

test.each([
  ['another path', { path: '/other' }],
  ['a query', { path: '/?a=b' }],
  ['a path of two slashes', { path: '//elsewhere/' }],
  ['an absolute target', { path: 'http://elsewhere.invalid/' }],
  ['another method', { method: 'PUT' }],
  ['no target', { headers: { 'x-amz-target': '' } }],
  ['a broken target', { headers: { 'x-amz-target': `${TARGET}/../x` } }],
])('refuses %s and sends it nowhere', async (_case, more) => {
  await using proxied = await startProxied()
  const response = await send(proxied.proxy.url, '{}', more)
  expect(response.status).toBe(400)
  expect(readErrorName(response)).toBe('OperationNotAllowed')
  expect(proxied.upstream.met).toEqual([])
})

test('never sends an absolute target to the service that it names', async () => {
  await using elsewhere = await startUpstream((_request, response) => answerNothing(response))
  await using proxied = await startProxied()
  await send(proxied.proxy.url, '{}', { path: `${elsewhere.url}/` })
  expect([...elsewhere.met, ...proxied.upstream.met]).toEqual([])
})

test.each(['(redacted)', 'arn:aws:ecs:us-east-1:ACCOUNT:cluster/a', '\\u0028redacted\\u0029'])(
  'sends no body that holds a pseudonym: %s',
  async (told) => {
    await using proxied = await startProxied()
    const account = createPseudonyms(undefined).choose('account', '312345678901')
    const response = await send(
      proxied.proxy.url,
      `{"cluster":"${told.replace('ACCOUNT', account)}"}`,
    )
    expect([response.status, readErrorName(response)]).toEqual([400, 'PseudonymNotSent'])
    expect(proxied.upstream.met).toEqual([])
  },
)

test('opens no tunnel', async () => {
  await using elsewhere = await startUpstream((_request, response) => answerNothing(response))
  await using proxied = await startProxied()
  const socket = connect(Number(new URL(proxied.proxy.url).port), '127.0.0.1')
  socket.write(
    `CONNECT ${new URL(elsewhere.url).host} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\nPOST / HTTP/1.1\r\nHost: x\r\n\r\n`,
  )
  socket.resume()
  await once(socket, 'close')
  expect([...elsewhere.met, ...proxied.upstream.met]).toEqual([])
})

test.each([
  ['Host', { host: 'ecs.us-east-1.amazonaws.com' }],
  ['Host that only begins like this machine', { host: '127.0.0.1.elsewhere.invalid' }],
  ['Origin', { origin: 'https://elsewhere.invalid' }],
  ['opaque Origin', { origin: 'null' }],
])('refuses a foreign %s', async (_name, headers: Record<string, string>) => {
  await using proxied = await startProxied()
  const response = await send(proxied.proxy.url, '{}', { headers })
  expect(response.status).toBe(403)
  expect(readErrorName(response)).toBe('RequestRefused')
  expect(proxied.upstream.met).toEqual([])
})

test('refuses a body of more than four megabytes, and passes one of four on', async () => {
  await using proxied = await startProxied()
  const limit = 4 * 1024 * 1024
  expect((await send(proxied.proxy.url, Buffer.alloc(limit + 1, 0x20))).status).toBe(413)
  expect(proxied.upstream.met).toEqual([])
  expect((await send(proxied.proxy.url, Buffer.alloc(limit, 0x20))).status).toBe(200)
})

test('refuses an endpoint of AWS over http, which would see the signature', async () => {
  const starting = startRecordingProxy({
    out: makeOut(),
    upstream: 'http://ecs.us-east-1.amazonaws.com',
  })
  await expect(starting).rejects.toMatchObject({
    code: 'usage',
    message: expect.stringContaining('https'),
  })
})

test('takes a host for what it is when it only ends like a name of AWS', async () => {
  await using proxy = await startRecordingProxy({
    out: makeOut(),
    upstream: 'http://notamazonaws.com.invalid',
  })
  expect(proxy.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
})

test.each(['', 'ecs', 'ftp://127.0.0.1', 'file:///etc/passwd', undefined])(
  'refuses the upstream %j',
  async (upstream) => {
    // what a caller without types may pass
    const starting = startRecordingProxy({ out: makeOut(), upstream: upstream as string })
    await expect(starting).rejects.toMatchObject({
      name: 'HarnessError',
      code: 'upstream-required',
    })
  },
)

test.each(['http://me:hidden-word@127.0.0.1', 'htp://me:hidden-word@127.0.0.1'])(
  'names no password of an upstream in its refusal: %s',
  async (upstream) => {
    const starting = startRecordingProxy({ out: makeOut(), upstream })
    await expect(starting).rejects.toMatchObject({
      name: 'HarnessError',
      message: expect.not.stringContaining('hidden-word'),
    })
  },
)

test.each([
  { sing: {} },
  { allow: ['ExecuteCommand'] },
  { port: -1 },
  { port: 70_000 },
  { port: 1.5 },
  { allow: 'ListTasks' },
  { allow: [''] },
  { out: '' },
  { note: 1 },
])('refuses the options %j', async (options) => {
  // what a caller without types may pass
  const given = {
    out: makeOut(),
    upstream: 'http://127.0.0.1:9',
    ...options,
  } as RecordingProxyOptions
  await expect(startRecordingProxy(given)).rejects.toMatchObject({
    name: 'HarnessError',
    code: 'usage',
  })
})

test('says when its port is taken, and watches no exit then', async () => {
  await using taken = await startUpstream((_request, response) => answerNothing(response))
  const watchers = process.listenerCount('exit')
  const port = Number(new URL(taken.url).port)
  await expect(
    startRecordingProxy({ out: makeOut(), upstream: taken.url, port }),
  ).rejects.toMatchObject({ code: 'port-in-use' })
  expect(process.listenerCount('exit')).toBe(watchers)
})

test('adds one listener to the exit of the process, however many proxies run', async () => {
  const watchers = process.listenerCount('exit')
  {
    await using proxied = await startProxied()
    await using another = await startProxied()
    expect(another.proxy.url).not.toBe(proxied.proxy.url)
    expect(process.listenerCount('exit')).toBe(watchers + 1)
  }
  expect(process.listenerCount('exit')).toBe(watchers)
})

test('keeps exchanges in the order of their start when their responses come in another', async () => {
  const held = new Map<string, () => void>()
  const { promise: bothCame, resolve } = Promise.withResolvers<void>()
  const { promise: firstCame, resolve: tellFirst } = Promise.withResolvers<void>()
  await using proxied = await startProxied({}, ({ body }, response) => {
    held.set(body, () => answerNothing(response, body))
    tellFirst()
    if (held.size === 2) resolve()
  })
  const first = send(proxied.proxy.url, '{"startedBy":"first"}')
  await firstCame
  const second = send(proxied.proxy.url, '{"startedBy":"second"}')
  await bothCame
  held.get('{"startedBy":"second"}')?.()
  await second
  held.get('{"startedBy":"first"}')?.()
  await first
  await proxied.proxy.stop()
  expect(readRecording(proxied.out).exchanges.map(({ request }) => request.body)).toEqual([
    { startedBy: 'first' },
    { startedBy: 'second' },
  ])
})

test('records what the service answers after the client went away', async () => {
  const { promise: came, resolve: tellCome } = Promise.withResolvers<() => void>()
  await using proxied = await startProxied({}, (_request, response) =>
    tellCome(() => answerNothing(response)),
  )
  const { hostname, port } = new URL(proxied.proxy.url)
  const sent = requestHttp({ hostname, port, method: 'POST', headers: { 'x-amz-target': TARGET } })
  sent.on('error', () => {})
  sent.end('{}')
  const response = await came
  const gone = new Promise<void>((resolve) => void sent.on('close', resolve))
  sent.destroy()
  await gone
  const stopped = proxied.proxy.stop()
  for (let tries = 0; tries < 3; tries++)
    await expect(fetch(proxied.proxy.url)).rejects.toThrow('fetch failed') // it listens no more
  response()
  expect(await stopped).toEqual({ written: [proxied.out], lost: 0 })
  expect(describeExchanges(proxied.out)).toEqual(['200'])
})

test('cuts a request that has no end two seconds after it stops, counts it as lost and records it never', async () => {
  const { promise: came, resolve: tellCome } = Promise.withResolvers<void>()
  const { promise: cut, resolve: tellCut } = Promise.withResolvers<void>()
  await using proxied = await startProxied({}, ({ body }, response, count) => {
    if (count === 0) return answerNothing(response, body)
    response.on('close', tellCut)
    tellCome()
  })
  await send(proxied.proxy.url, '{"startedBy":"ended"}')
  const sent = send(proxied.proxy.url, '{"startedBy":"held"}').catch(() => 'cut')
  await came
  expect(await proxied.proxy.stop()).toEqual({ written: [proxied.out], lost: 1 })
  await cut
  expect(await sent).toBe('cut')
  expect(proxied.upstream.met).toHaveLength(2)
  expect(readRecording(proxied.out).exchanges.map(({ request }) => request.body)).toEqual([
    { startedBy: 'ended' },
  ])
})

test('stops twice as once', async () => {
  await using proxied = await startProxied()
  await send(proxied.proxy.url, '{}')
  const [first, second] = await Promise.all([proxied.proxy.stop(), proxied.proxy.stop()])
  expect(first).toEqual({ written: [proxied.out], lost: 0 })
  expect(second).toBe(first)
})

test('records an impossible status as a failure, and the recording stays readable', async () => {
  await using proxied = await startProxied({}, (_request, response) =>
    response.writeHead(799).end(),
  )
  expect((await send(proxied.proxy.url, '{}')).status).toBe(799)
  await proxied.proxy.stop()
  expect(describeExchanges(proxied.out)).toEqual(['other HTTP_STATUS_799'])
})

test('names no more of its upstream than the host, and nothing of one on this machine', async () => {
  await using proxied = await startProxied()
  await send(proxied.proxy.url, '{}')
  await proxied.proxy.stop()
  expect(readRecording(proxied.out).provenance).toMatchObject({
    source: 'recording proxy',
    upstream: 'a service on this machine',
  })
})

function runProgram(command: string, args: string[]): Promise<string> {
  const env = {
    ...process.env,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_EC2_METADATA_DISABLED: 'true',
  }
  return new Promise((resolve, reject) => {
    execFile(command, args, { env, timeout: 20_000 }, (error, stdout, stderr) =>
      error ? reject(new Error(stderr)) : resolve(stdout),
    )
  })
}

const INSTANCE = '4c543eed-f83f-47da-b1d8-3d23f1da4c64'

test.skipIf(!inject('programs').awsCli)('records aws-cli (needs aws)', async () => {
  await using provider = await startProvider()
  const out = makeOut()
  await using proxy = await startRecordingProxy({ out, upstream: provider.url })
  await runProgram('aws', [
    '--endpoint-url',
    proxy.url,
    'ecs',
    'start-task',
    '--task-definition',
    'hello_world',
    '--container-instances',
    INSTANCE,
  ])
  await proxy.stop()
  expect(describeExchanges(out)).toEqual(['invocation-1 attempt 1 200'])
  expect(readRecording(out).provenance['client']).toMatch(/^aws-cli\//)
})

test.skipIf(!inject('programs').boto3)('records boto3 (needs python3 with boto3)', async () => {
  await using provider = await startProvider()
  const out = makeOut()
  await using proxy = await startRecordingProxy({ out, upstream: provider.url })
  const script = `import boto3; boto3.client('ecs', endpoint_url='${proxy.url}').start_task(taskDefinition='hello_world', containerInstances=['${INSTANCE}'])`
  await runProgram('python3', ['-c', script])
  await proxy.stop()
  expect(describeExchanges(out)).toEqual(['invocation-1 attempt 1 200'])
})
