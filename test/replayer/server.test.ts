import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { Agent } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { ECSClient, StartTaskCommand } from '@aws-sdk/client-ecs'
import { NodeHttpHandler } from '@smithy/node-http-handler'
import { expect, test } from 'vitest'

import { isTransportFailure } from '../../src/protocol/index.ts'
import { createReplayer } from '../../src/replayer/engine/index.ts'
import { startReplayServer } from '../../src/replayer/adapters/index.ts'
import { exchangeBytes, formatRequest } from '../listener/listening.ts'
import { fetchOverNetwork } from '../suites/adapter-fetch.ts'
import { describeAdapter, type Deviation, testReplayAdapter } from '../suites/replay-adapters.ts'
import { buildInput, buildRecording, STARTED, TARGET } from './recorded-exchanges.ts'

testReplayAdapter({
  clients: [
    'SDK v3',
    'SDK v2',
    'fetch',
    'axios',
    'axios on fetch',
    'got',
    'node:https',
    'undici fetch',
    'undici request',
  ], // aws-cli and boto3: test/cli, test/long
  deviations: new Map<Deviation, string>([
    [
      'refused connection',
      'a connection is accepted before its request is known; the nearest that a client can meet is a reset',
    ],
  ]),
  errors: [
    {
      failures: ['refused', 'reset', 'other'],
      code: 'ECONNRESET',
      reason: 'a connection was accepted, and can only be reset',
    },
    {
      failures: ['timeout'],
      code: 'waits',
      reason: 'the time limit of the client ends it',
    },
    {
      clients: ['fetch'],
      failures: ['truncated'],
      code: 'UND_ERR_SOCKET',
      reason: 'fetch has its own code for a connection that closes within a body',
    },
  ],
  open: async (recordings, options) => {
    const server = await startReplayServer(recordings, options)
    return describeAdapter(server, { url: server.url, fetch: fetchOverNetwork }, () =>
      server.stop(),
    )
  },
})

function post(url: string): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'x-amz-target': TARGET },
    body: JSON.stringify(buildInput('started')),
  })
}

test('starts every sequence again after a reset', async () => {
  await using server = await startReplayServer(buildRecording(STARTED))
  await post(server.url)
  server.reset()
  expect(server.unused()).toHaveLength(1)
  expect((await post(server.url)).status).toBe(200)
})

test.each([-1, 1.5, 65_536, Number.NaN])('refuses the port %d', async (port) => {
  await expect(startReplayServer(buildRecording(STARTED), { port })).rejects.toMatchObject({
    name: 'HarnessError',
    code: 'usage',
  })
})

test('says that its port is taken', async () => {
  await using server = await startReplayServer(buildRecording(STARTED))
  const port = Number(new URL(server.url).port)
  await expect(startReplayServer(buildRecording(STARTED), { port })).rejects.toMatchObject({
    code: 'port-in-use',
  })
})

test('stops twice as once', async () => {
  const server = await startReplayServer(buildRecording(STARTED))
  await Promise.all([server.stop(), server.stop()])
  await expect(post(server.url)).rejects.toThrow('fetch failed')
})

function send(url: string, path = '/'): Promise<Response> {
  return post(new URL(path, url).href)
}

async function readAdmin(
  url: string,
  name: string,
  method = 'GET',
): Promise<{ status: number; told: unknown }> {
  const response = await fetch(`${url}/.starttask/${name}`, { method })
  return { status: response.status, told: await response.json() }
}

test('tells of itself below /.starttask/: what it has, who asked, and what nothing answered', async () => {
  await using server = await startReplayServer(buildRecording(STARTED))
  await send(server.url, '/shard-1')
  await send(server.url, '/shard-1')
  expect(await readAdmin(server.url, 'list')).toEqual({
    status: 200,
    told: { schemaVersion: 1, exchanges: [{ recording: 'recording 1', exchange: 1, times: 1 }] },
  })
  expect((await readAdmin(server.url, 'counters')).told).toEqual({
    schemaVersion: 1,
    sessions: [{ session: 'shard-1', played: 1, missed: 1 }],
  })
  const { told } = await readAdmin(server.url, 'unmatched')
  expect(told).toMatchObject({
    unmatched: [
      { session: 'shard-1', phase: 'exhausted', message: expect.stringContaining('played 1 of 1') },
    ],
  })
})

test('starts sessions again when /.starttask/reset is posted to, all or one', async () => {
  await using server = await startReplayServer(buildRecording(STARTED))
  const play = async () => [
    (await send(server.url, '/a')).status,
    (await send(server.url, '/b')).status,
  ]
  await play()
  expect((await readAdmin(server.url, 'reset?session=a', 'POST')).told).toEqual({
    schemaVersion: 1,
    reset: 'a',
  })
  expect(await play()).toEqual([200, 400])
  await readAdmin(server.url, 'reset', 'POST')
  expect(await play()).toEqual([200, 200])
})

test('resets nothing when it is only asked, and knows its endpoints', async () => {
  await using server = await startReplayServer(buildRecording(STARTED))
  await send(server.url)
  expect((await readAdmin(server.url, 'reset')).status).toBe(405)
  expect((await readAdmin(server.url, 'nothing')).status).toBe(404)
  expect((await readAdmin(server.url, '')).told).toMatchObject({
    endpoints: expect.arrayContaining([expect.stringContaining('POST /.starttask/reset')]),
  })
  expect(server.unused()).toEqual([])
})

test('does not tell a web page of itself', async () => {
  await using server = await startReplayServer(buildRecording(STARTED))
  const response = await fetch(`${server.url}/.starttask/list`, {
    headers: { origin: 'https://evil.example' },
  })
  expect(response.status).toBe(403)
})

test('shows no secret of a request among the unmatched', async () => {
  const secret = 'hunter' + '2-hunter2'
  await using server = await startReplayServer(buildRecording(STARTED))
  const overrides = {
    containerOverrides: [{ name: 'web', environment: [{ name: 'PASSWORD', value: secret }] }],
  }
  const headers = { 'x-amz-target': TARGET, 'x-amz-security-token': secret }
  await fetch(server.url, {
    method: 'POST',
    headers,
    body: JSON.stringify({ ...buildInput('x'), startedBy: secret, overrides }),
  })
  const { told } = await readAdmin(server.url, 'unmatched')
  expect(told).toMatchObject({ unmatched: [{ phase: 'body' }] })
  expect(JSON.stringify(told)).not.toContain(secret)
})

test('gives each of several ports counters of its own', async () => {
  await using server = await startReplayServer(buildRecording(STARTED), { port: [0, 0] })
  const [one = '', other = ''] = server.urls
  expect([(await send(one)).status, (await send(other)).status, (await send(one)).status]).toEqual([
    200, 200, 400,
  ])
  expect(server.sessions().map(({ session }) => session)).toEqual(
    [one, other].map((url) => `port-${new URL(url).port}`),
  )
})

test('refuses more sessions than it keeps, and serves those that it has', async () => {
  const replayer = createReplayer(buildRecording(STARTED), { afterLast: 'repeat' })
  const ask = async (url: string) => {
    const response = await replayer.respond({
      method: 'POST',
      url,
      headers: { 'x-amz-target': TARGET },
      body: JSON.stringify(buildInput('started')),
    })
    return isTransportFailure(response)
      ? 'no response'
      : `${response.status} ${Buffer.from(response.body).toString().slice(0, 30)}`
  }
  for (let made = 0; made < 10_000; made++) await ask(`/s${made}`)
  expect(await ask('/one-more')).toContain('400 {"__type":"HarnessFailure"')
  expect(await ask('/s5')).toContain('200')
})

/** Made anew for each run: a key in a repository would be a finding. */
function makeCertificate(): { key: string; cert: string } {
  const folder = mkdtempSync(join(tmpdir(), 'starttask-tls-'))
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1']
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-days',
      '2',
      '-keyout',
      key,
      '-out',
      cert,
      ...subject,
    ],
    { stdio: 'ignore' },
  )
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') }
}

test('serves HTTPS with a given certificate', async () => {
  const tls = makeCertificate()
  await using server = await startReplayServer(buildRecording(STARTED), { tls })
  expect(server.url).toMatch(/^https:/)
  const agent = new Agent({ ca: tls.cert })
  const requestHandler = new NodeHttpHandler({ httpsAgent: agent })
  const client = new ECSClient({
    endpoint: server.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKID', secretAccessKey: 'none' },
    requestHandler,
  })
  const { tasks } = await client.send(new StartTaskCommand(buildInput('started')))
  expect(tasks).toHaveLength(1)
  agent.destroy()
})

test('refuses a certificate that is none', async () => {
  const tls = { key: 'no key', cert: 'no certificate' }
  await expect(startReplayServer(buildRecording(STARTED), { tls })).rejects.toMatchObject({
    code: 'usage',
  })
})

function askAs(url: string, host: string): Promise<number> {
  const { port } = new URL(url)
  return exchangeBytes(Number(port), formatRequest({ host })).then((text) =>
    Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1]),
  )
}

test('answers by an allowed name and no other', async () => {
  await using server = await startReplayServer(buildRecording(STARTED), {
    allowHosts: ['starttask'],
  })
  expect(await askAs(server.url, 'starttask:4566')).toBe(400)
  expect(await askAs(server.url, 'evil.example')).toBe(403)
  expect(await askAs(server.url, '10.0.0.5')).toBe(403)
})

test('answers by address where it listens for other machines, and by no name', async () => {
  await using server = await startReplayServer(buildRecording(STARTED), { host: '0.0.0.0' })
  expect(await askAs(server.url, '10.0.0.5:4566')).toBe(400)
  expect(await askAs(server.url, 'evil.example')).toBe(403)
})
