import { NodeHttpHandler } from '@smithy/node-http-handler'
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { request as requestPlain } from 'node:http'
import { type Agent, request as requestSecure } from 'node:https'
import { join } from 'node:path'

import axios from 'axios'
import { expect, test } from 'vitest'

import { replayAgent } from '../../src/replayer/adapters/index.ts'
import { fetchThroughAgent } from '../suites/adapter-fetch.ts'
import { describeAdapter, type Deviation, testReplayAdapter } from '../suites/replay-adapters.ts'
import { buildExchange, buildInput, buildRecording, STARTED, TARGET } from './recorded-exchanges.ts'

testReplayAdapter({
  clients: ['SDK v3', 'SDK v2', 'axios', 'got', 'node:https'],
  deviations: new Map<Deviation, string>([
    [
      'refused connection',
      'a connection is accepted before its request is known; the nearest that a client can meet is a reset',
    ],
    [
      'foreign host',
      'it stands in for every endpoint of the service, and no web page can reach into a process',
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
  ],
  open: async (recordings, options) => {
    const agent = replayAgent(recordings, options)
    const requestHandler = new NodeHttpHandler({ httpAgent: agent, httpsAgent: agent })
    const url = 'https://ecs.us-east-1.amazonaws.com/'
    return describeAdapter(
      agent,
      { url, fetch: fetchThroughAgent(agent), client: { requestHandler }, agent },
      () => agent.destroy(),
    )
  },
})

const URL_OF_SERVICE = 'https://ecs.us-east-1.amazonaws.com/'
const HEADERS = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': TARGET }

test('serves http: as well as https:', async () => {
  const agent = replayAgent(buildRecording(STARTED))
  const status = await new Promise((resolve, reject) => {
    const request = requestPlain(
      'http://localhost:4566/',
      { agent, method: 'POST', headers: HEADERS },
      (incoming) => {
        incoming.resume().on('end', () => resolve(incoming.statusCode))
      },
    )
    request.on('error', reject)
    request.end(JSON.stringify(buildInput('started')))
  })
  expect(status).toBe(200)
})

test('keeps a connection for the next request', async () => {
  const agent = replayAgent(buildRecording(STARTED), { afterLast: 'repeat' })
  const send = fetchThroughAgent(agent)
  for (let sent = 0; sent < 3; sent++)
    await send(URL_OF_SERVICE, { headers: HEADERS, body: JSON.stringify(buildInput('started')) })
  expect(Object.values(agent.freeSockets).flat()).toHaveLength(1)
  agent.destroy()
})

test('lets a client meet its own time limit where the recorded one timed out', async () => {
  const agent = replayAgent(
    buildRecording(buildExchange(buildInput('a'), { failure: 'timeout', code: 'ETIMEDOUT' })),
  )
  const sent = axios.post(URL_OF_SERVICE, buildInput('a'), {
    httpsAgent: agent,
    headers: HEADERS,
    timeout: 50,
  })
  await expect(sent).rejects.toMatchObject({ code: 'ECONNABORTED' })
})

test('lets a client go away within its request, and serves the next one', async () => {
  const agent = replayAgent(
    buildRecording(
      buildExchange(buildInput('a'), { failure: 'timeout', code: 'ETIMEDOUT' }),
      STARTED,
    ),
  )
  const sent = axios.post(URL_OF_SERVICE, buildInput('a'), {
    httpsAgent: agent,
    headers: HEADERS,
    signal: AbortSignal.timeout(20),
  })
  await expect(sent).rejects.toMatchObject({ code: 'ERR_CANCELED' })
  const response = await axios.post(URL_OF_SERVICE, buildInput('started'), {
    httpsAgent: agent,
    headers: HEADERS,
  })
  expect(response.status).toBe(200)
})

test('carries a body and a response of megabytes whole', async () => {
  const text = 'x'.repeat(2 * 1024 * 1024)
  const agent = replayAgent(
    buildRecording(buildExchange({ text }, { status: 200, headers: {}, body: { text } })),
  )
  const response = await axios.post(
    URL_OF_SERVICE,
    { text },
    { httpsAgent: agent, headers: HEADERS },
  )
  expect(response.data).toEqual({ text })
})

test('gives each client bytes of its own', async () => {
  const agent = replayAgent(buildRecording(STARTED), { afterLast: 'repeat' })
  const texts = [await postAndSpoil(agent), await postAndSpoil(agent)]
  expect(texts[0]).toContain('PENDING')
  expect(texts[1]).toBe(texts[0])
})

/** A client that writes over what it was given. */
function postAndSpoil(agent: Agent): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = requestSecure(
      URL_OF_SERVICE,
      { agent, method: 'POST', headers: HEADERS },
      (response) => {
        let text = ''
        response.on('data', (chunk: Buffer) => {
          text += chunk.toString()
          chunk.fill(0)
        })
        response.on('end', () => resolve(text))
      },
    )
    request.on('error', reject)
    request.end(JSON.stringify(buildInput('started')))
  })
}

test('gives a recorded reset as the system tells it', async () => {
  const agent = replayAgent(
    buildRecording(buildExchange(buildInput('a'), { failure: 'reset', code: 'ECONNRESET' })),
  )
  const request = requestSecure(URL_OF_SERVICE, { agent, method: 'POST', headers: HEADERS })
  const failed = once(request, 'error')
  request.end(JSON.stringify(buildInput('a')))
  expect(await failed).toMatchObject([
    { code: 'ECONNRESET', message: 'read ECONNRESET', syscall: 'read' },
  ])
})

test('ends all that is under way when it is destroyed', async () => {
  const agent = replayAgent(
    buildRecording(buildExchange(buildInput('a'), { failure: 'timeout', code: 'ETIMEDOUT' })),
  )
  const request = requestSecure(URL_OF_SERVICE, { agent, method: 'POST', headers: HEADERS })
  const failed = once(request, 'error')
  request.end(JSON.stringify(buildInput('a')))
  await expect.poll(() => agent.used()).toHaveLength(1)
  agent.destroy()
  expect(await failed).toMatchObject([{ code: 'ECONNRESET' }])
  expect([agent.sockets, agent.freeSockets]).toEqual([{}, {}])
})

test.each([
  ['waits for the time limit of a client', '50', 'timeout\nECONNRESET\n'],
  ['does not wait where nothing does', 'none', ''],
])('%s before the process ends', { timeout: 20_000 }, (_what, limit, output) => {
  const child = join(import.meta.dirname, 'children/agent-limit.ts')
  const { status, stdout, stderr } = spawnSync(process.execPath, [child, limit], {
    encoding: 'utf8',
    timeout: 15_000,
  })
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: output, stderr: '' })
})
