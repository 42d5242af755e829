import { NodeHttpHandler } from '@smithy/node-http-handler'
import { createRequire } from 'node:module'
import { request as requestPlain } from 'node:http'

import axios from 'axios'
import got from 'got'
import { expect, test } from 'vitest'

import { replayAgent } from '../../src/replayer/agent.ts'
import { fetchThroughAgent } from '../suites/door-fetch.ts'
import { describeDoor, type Deviation, testReplayDoor } from '../suites/replay-doors.ts'
import { buildExchange, buildInput, buildRecording, REJECTED, STARTED, TARGET } from './recorded-exchanges.ts'

testReplayDoor({
  deviations: new Map<Deviation, string>([
    ['foreign host', 'it stands in for every endpoint of the service, and no web page can reach into a process'],
  ]),
  open: async (recordings, options) => {
    const agent = replayAgent(recordings, options)
    const requestHandler = new NodeHttpHandler({ httpAgent: agent, httpsAgent: agent })
    const url = 'https://ecs.us-east-1.amazonaws.com/'
    return describeDoor(agent, { url, fetch: fetchThroughAgent(agent), client: { requestHandler } }, () => agent.destroy())
  },
})

const URL_OF_SERVICE = 'https://ecs.us-east-1.amazonaws.com/'
const HEADERS = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': TARGET }
const STARTED_STATUS = { tasks: [{ lastStatus: 'PENDING' }] }

interface V2 {
  startTask(input: object): { promise(): Promise<object> }
}

function createV2(agent: object): V2 {
  const { ECS }: { ECS: new (options: object) => V2 } = createRequire(import.meta.url)('aws-sdk')
  const credentials = { accessKeyId: 'AKID', secretAccessKey: 'none' }
  return new ECS({ region: 'us-east-1', credentials, httpOptions: { agent } })
}

test('serves SDK v2', async () => {
  const agent = replayAgent(buildRecording(STARTED, REJECTED))
  const v2 = createV2(agent)
  expect(await v2.startTask(buildInput('started')).promise()).toMatchObject(STARTED_STATUS)
  await expect(v2.startTask(buildInput('rejected')).promise()).rejects.toMatchObject({ code: 'ClusterNotFoundException' })
  await expect(v2.startTask(buildInput('missed')).promise()).rejects.toMatchObject({ code: 'NoRecordingMatched', retryable: false })
  expect(agent.unused()).toEqual([])
})

test('serves axios', async () => {
  const agent = replayAgent(buildRecording(STARTED))
  const answer = await axios.post(URL_OF_SERVICE, buildInput('started'), { httpsAgent: agent, headers: HEADERS })
  expect(answer.data).toMatchObject(STARTED_STATUS)
  await expect(axios.post(URL_OF_SERVICE, {}, { httpsAgent: agent, headers: HEADERS })).rejects.toMatchObject({ response: { status: 400 } })
})

test('serves got', async () => {
  const agent = replayAgent(buildRecording(STARTED))
  const answer = await got.post(URL_OF_SERVICE, { json: buildInput('started'), agent: { https: agent }, headers: HEADERS })
  expect(JSON.parse(answer.body)).toMatchObject(STARTED_STATUS)
})

test('serves http: as well as https:', async () => {
  const agent = replayAgent(buildRecording(STARTED))
  const status = await new Promise((resolve, reject) => {
    const request = requestPlain('http://localhost:4566/', { agent, method: 'POST', headers: HEADERS }, (incoming) => {
      incoming.resume().on('end', () => resolve(incoming.statusCode))
    })
    request.on('error', reject)
    request.end(JSON.stringify(buildInput('started')))
  })
  expect(status).toBe(200)
})

test('keeps a connection for the next request', async () => {
  const agent = replayAgent(buildRecording(STARTED), { afterLast: 'repeat' })
  const send = fetchThroughAgent(agent)
  for (let sent = 0; sent < 3; sent++) await send(URL_OF_SERVICE, { headers: HEADERS, body: JSON.stringify(buildInput('started')) })
  expect(Object.values(agent.freeSockets).flat()).toHaveLength(1)
  agent.destroy()
})

test('lets a client meet its own time limit where the recorded one timed out', async () => {
  const agent = replayAgent(buildRecording(buildExchange(buildInput('a'), { failure: 'timeout', code: 'ETIMEDOUT' })))
  const sent = axios.post(URL_OF_SERVICE, buildInput('a'), { httpsAgent: agent, headers: HEADERS, timeout: 50 })
  await expect(sent).rejects.toMatchObject({ code: 'ECONNABORTED' })
})

test('lets a client go away within its request, and serves the next one', async () => {
  const agent = replayAgent(buildRecording(buildExchange(buildInput('a'), { failure: 'timeout', code: 'ETIMEDOUT' }), STARTED))
  const sent = axios.post(URL_OF_SERVICE, buildInput('a'), { httpsAgent: agent, headers: HEADERS, signal: AbortSignal.timeout(20) })
  await expect(sent).rejects.toMatchObject({ code: 'ERR_CANCELED' })
  const answer = await axios.post(URL_OF_SERVICE, buildInput('started'), { httpsAgent: agent, headers: HEADERS })
  expect(answer.status).toBe(200)
})

test('carries a body and an answer of megabytes whole', async () => {
  const text = 'x'.repeat(2 * 1024 * 1024)
  const agent = replayAgent(buildRecording(buildExchange({ text }, { status: 200, headers: {}, body: { text } })))
  const answer = await axios.post(URL_OF_SERVICE, { text }, { httpsAgent: agent, headers: HEADERS })
  expect(answer.data).toEqual({ text })
})
