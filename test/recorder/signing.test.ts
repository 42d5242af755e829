import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type IncomingMessage, request as requestHttp } from 'node:http'
import { join } from 'node:path'
import { buffer, text } from 'node:stream/consumers'

import { ECSClient, StartTaskCommand } from '@aws-sdk/client-ecs'
import { expect, inject, test } from 'vitest'

import { isObject } from '../../src/protocol/index.ts'
import { startRecordingProxy } from '../../src/recorder/index.ts'
import { makeFolder, readRecording } from './recorders.ts'

const HAS_BOTOCORE = inject('programs').boto3

const CREDENTIALS = {
  accessKeyId: 'AS' + 'IA' + 'UPSTREAMKEYID7XY',
  secretAccessKey: 'upstream/secret+' + 'Zx9Qw8Er7Ty6',
  sessionToken: 'upstream-token/+=',
}
const TARGET = 'AmazonEC2ContainerServiceV20141113.StartTask'

interface Met {
  headers: [string, string][]
  body: Buffer
  url: string
}

/** A service that keeps each request as it was on the wire. */
async function startService() {
  const met: Met[] = []
  const server = createServer((request: IncomingMessage, response) => {
    void buffer(request).then((body) => {
      const headers = request.rawHeaders.flatMap((name, index, all): [string, string][] =>
        index % 2 === 0 ? [[name, all[index + 1] ?? '']] : [],
      )
      met.push({ headers, body, url: `http://${request.headers.host}${request.url}` })
      response
        .writeHead(200, { 'content-type': 'application/x-amz-json-1.1' })
        .end('{"tasks":[],"failures":[]}')
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  return {
    url,
    met,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => server.close(() => resolve()).closeAllConnections()),
  }
}

/** What botocore's signer says of each request. */
async function verify(met: readonly Met[], credentials: typeof CREDENTIALS): Promise<string[]> {
  const python = spawn('python3', [join(import.meta.dirname, 'python/verify_signature.py')])
  for (const { headers, body, url } of met) {
    python.stdin.write(
      `${JSON.stringify({ headers, url, body: body.toString('base64'), ...credentials })}\n`,
    )
  }
  python.stdin.end()
  const [out, problems] = await Promise.all([text(python.stdout), text(python.stderr)])
  return problems === '' ? out.trim().split('\n') : [problems]
}

function send(
  url: string,
  body: string | Buffer,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const sent = requestHttp(
      url,
      { method: 'POST', agent: false, headers: { 'x-amz-target': TARGET, ...headers } },
      (response) => {
        text(response).then(
          (read) => resolve({ status: response.statusCode ?? 0, body: read }),
          reject,
        )
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}

const makeOut = () => join(makeFolder(), 'all.json')

const SIGNED_WITH_OTHERS =
  'AWS4-HMAC-SHA256 Credential=' +
  `${'AK' + 'IA'}CLIENTKEYID7XYZAB/20261123/eu-west-1/ecs/aws4_request, SignedHeaders=host, Signature=${'ab'.repeat(32)}`

test.skipIf(!HAS_BOTOCORE).each([
  ['a plain body', '{"startedBy":"a"}', {}],
  ['a body beyond ASCII', '{"startedBy":"é \u{1F600} \\u00e9"}', {}],
  ['an empty body', '', {}],
  [
    'the signature of the client',
    '{}',
    {
      authorization: SIGNED_WITH_OTHERS,
      'x-amz-date': '20150830T123600Z',
      'x-amz-security-token': 'client',
    },
  ],
  ['spaces in a header', '{}', { 'x-amz-meta': '  a   b  ', 'x-amz-empty': '' }],
  [
    'the headers of an SDK',
    '{}',
    {
      'user-agent': 'x/1',
      'amz-sdk-invocation-id': 'i',
      'amz-sdk-request': 'attempt=1; max=3',
      connection: 'close',
    },
  ],
])(
  'signs what botocore finds right: %s (needs python3 with boto3)',
  async (_case, body, headers: Record<string, string>) => {
    await using service = await startService()
    await using proxy = await startRecordingProxy({
      out: makeOut(),
      upstream: service.url,
      sign: { region: 'eu-central-1', credentials: CREDENTIALS },
    })
    expect((await send(proxy.url, body, headers)).status).toBe(200)
    expect(await verify(service.met, CREDENTIALS)).toEqual(['right'])
    expect(service.met[0]?.body.toString()).toBe(body)
  },
)

test.skipIf(!HAS_BOTOCORE)(
  'is found out by botocore when a body or a header is another one (needs python3 with boto3)',
  async () => {
    await using service = await startService()
    await using proxy = await startRecordingProxy({
      out: makeOut(),
      upstream: service.url,
      sign: { region: 'us-east-1', credentials: CREDENTIALS },
    })
    await send(proxy.url, '{}')
    const [met] = service.met
    const body = Buffer.from('{ }')
    const headers = met?.headers.map(([name, value]): [string, string] => [
      name,
      name.toLowerCase() === 'x-amz-target' ? `${value}s` : value,
    ])
    expect(
      await verify([{ headers: met?.headers ?? [], url: service.url, body }], CREDENTIALS),
    ).toEqual(['another body'])
    expect(
      await verify(
        [{ headers: headers ?? [], url: service.url, body: Buffer.from('{}') }],
        CREDENTIALS,
      ),
    ).toEqual(['another signature'])
  },
)

test.each([
  ['the option', { region: 'ap-south-1' }, 'ap-south-1'],
  ["the client's signature", {}, 'eu-west-1'],
])('signs for the region of %s', async (_source, sign, region) => {
  await using service = await startService()
  await using proxy = await startRecordingProxy({
    out: makeOut(),
    upstream: service.url,
    sign: { ...sign, credentials: CREDENTIALS },
  })
  await send(proxy.url, '{}', { authorization: SIGNED_WITH_OTHERS })
  const authorization = service.met[0]?.headers.find(
    ([name]) => name.toLowerCase() === 'authorization',
  )?.[1]
  expect(authorization).toContain(`/${region}/ecs/aws4_request`)
})

test('asks for credentials again with each request, and refuses what it cannot sign, without a retry', async () => {
  await using service = await startService()
  let asked = 0
  const credentials = async () => {
    asked += 1
    if (asked > 2) throw new Error('The session has ended.')
    return CREDENTIALS
  }
  const out = makeOut()
  const proxy = await startRecordingProxy({
    out,
    upstream: service.url,
    sign: { region: 'us-east-1', credentials },
  })
  expect((await send(proxy.url, '{"startedBy":"a"}')).status).toBe(200)
  const refused = await send(proxy.url, '{"startedBy":"b"}')
  expect(refused.status).toBe(400)
  expect(JSON.parse(refused.body)).toMatchObject({
    __type: 'HarnessFailure',
    message: expect.stringContaining('The session has ended.'),
  })
  await proxy.stop()
  expect(service.met).toHaveLength(1)
  expect(readRecording(out).exchanges).toHaveLength(1)
})

const CALLER = {
  accessKeyId: 'CALLER' + 'KEYID',
  secretAccessKey: 'caller-' + 'secret',
  sessionToken: 'caller-token',
}

const callWithSdk = (url: string, credentials: typeof CALLER, startedBy = 'a') =>
  new ECSClient({ endpoint: url, region: 'us-east-1', credentials, maxAttempts: 1 }).send(
    new StartTaskCommand({ taskDefinition: 'web', containerInstances: ['ci-a'], startedBy }),
  )

test('signs for the caller that it was told alone', async () => {
  await using service = await startService()
  const sign = { region: 'us-east-1', credentials: CREDENTIALS }
  await using proxy = await startRecordingProxy({
    out: makeOut(),
    upstream: service.url,
    sign,
    callers: CALLER,
  })
  expect((await callWithSdk(proxy.url, CALLER)).failures).toEqual([])
  for (const other of [
    { ...CALLER, accessKeyId: 'ANOTHER' + 'KEYID' },
    { ...CALLER, secretAccessKey: 'another-' + 'secret' },
    { ...CALLER, sessionToken: 'another-token' },
  ]) {
    await expect(callWithSdk(proxy.url, other)).rejects.toMatchObject({
      name: 'RequestRefused',
      message: expect.stringContaining('--keep-credentials'),
    })
  }
  expect((await send(proxy.url, '{}')).status).toBe(403)
  expect(service.met).toHaveLength(1)
})

test('refuses a body that is not the one that the caller signed, and a signature of an hour ago', async () => {
  await using service = await startService()
  await using keeper = await startService()
  await using proxy = await startRecordingProxy({
    out: makeOut(),
    upstream: service.url,
    callers: CALLER,
  })
  await callWithSdk(keeper.url, CALLER)
  const signed = Object.fromEntries(
    keeper.met[0]?.headers.map(([name, value]) => [name.toLowerCase(), value]) ?? [],
  )
  const { connection: _, 'content-length': __, ...headers } = signed
  const tampered = await send(
    proxy.url,
    keeper.met[0]?.body.toString().replace('"a"', '"b"') ?? '',
    headers,
  )
  expect(tampered).toMatchObject({
    status: 403,
    body: expect.stringContaining('not the one that was signed'),
  })
  const old = new ECSClient({
    endpoint: proxy.url,
    region: 'us-east-1',
    credentials: CALLER,
    systemClockOffset: -3_600_000,
    maxAttempts: 1,
  })
  await expect(
    old.send(new StartTaskCommand({ taskDefinition: 'web', containerInstances: ['a'] })),
  ).rejects.toThrow('too old')
  expect(service.met).toEqual([])
})

test('records nothing of its own or the caller’s credentials', async () => {
  await using service = await startService()
  const out = makeOut()
  const sign = { region: 'us-east-1', credentials: CREDENTIALS }
  const proxy = await startRecordingProxy({ out, upstream: service.url, sign, callers: CALLER })
  await callWithSdk(proxy.url, CALLER, CALLER.secretAccessKey.slice(0, 6))
  await proxy.stop()
  const written = JSON.stringify(readRecording(out))
  for (const secret of [...Object.values(CREDENTIALS), ...Object.values(CALLER)])
    expect(written).not.toContain(secret)
  expect(isObject(readRecording(out).exchanges[0]?.request.body)).toBe(true)
})
