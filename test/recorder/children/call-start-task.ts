/**
 * Sends StartTask requests by one of Node.js's clients, one after the other, and prints what the caller gets of each, parsed. Recorded or not.
 * Argument: JSON of { client, url, inputs, record?: { way: 'process' | 'middleware', out }, limit?: milliseconds that a client waits }.
 */
import { createRequire } from 'node:module'

import { ECSClient, StartTaskCommand, type StartTaskCommandInput } from '@aws-sdk/client-ecs'
import axios from 'axios'
import got from 'got'
import { fetch as undiciFetch, request as undiciRequest } from 'undici'

import { recordCommands, startRecording } from '../../../src/recorder/index.ts'

interface Told {
  client: string
  url: string
  inputs: StartTaskCommandInput[]
  record?: { way: 'process' | 'middleware'; out: string }
  limit?: number
}

const { client, url, inputs, record, limit }: Told = JSON.parse(process.argv[2] ?? '')
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
const headers = {
  'content-type': 'application/x-amz-json-1.1',
  'x-amz-target': 'AmazonEC2ContainerServiceV20141113.StartTask',
  // moto checks no signature, but reads from it which service is meant
  authorization:
    'AWS4-HMAC-SHA256 Credential=placeholder/20161121/us-east-1/ecs/aws4_request, SignedHeaders=host, Signature=placeholder',
}
const signal = limit === undefined ? {} : { signal: AbortSignal.timeout(limit) }
const v3 = new ECSClient({
  endpoint: url,
  region: 'us-east-1',
  credentials,
  maxAttempts: 1,
  ...(limit === undefined
    ? {}
    : { requestHandler: { requestTimeout: limit, throwOnRequestTimeout: true } }),
})

/** Each client as its users have it: what it gives, or the error that it throws. */
const CLIENTS: Record<string, (input: StartTaskCommandInput) => Promise<unknown>> = {
  'AWS SDK v3': async (input) => {
    const { $metadata, ...output } = await v3.send(new StartTaskCommand(input))
    return { status: $metadata.httpStatusCode, output }
  },
  'AWS SDK v2': async (input) => {
    const {
      default: ECS,
    }: {
      default: new (options: object) => { startTask(input: object): { promise(): Promise<object> } }
    } = await loadV2()
    const ecs = new ECS({
      endpoint: url,
      region: 'us-east-1',
      credentials,
      maxRetries: 0,
      ...(limit === undefined ? {} : { httpOptions: { timeout: limit } }),
    })
    return ecs.startTask(input).promise()
  },
  fetch: async (input) => {
    const response = await fetch(url, {
      method: 'POST',
      headers,
      body: JSON.stringify(input),
      ...signal,
    })
    return { status: response.status, body: readBody(await response.text()) }
  },
  'undici fetch': async (input) => {
    const response = await undiciFetch(url, {
      method: 'POST',
      headers,
      body: JSON.stringify(input),
      ...signal,
    })
    return { status: response.status, body: readBody(await response.text()) }
  },
  'undici request': async (input) => {
    const response = await undiciRequest(url, {
      method: 'POST',
      headers,
      body: JSON.stringify(input),
      ...(limit === undefined ? {} : { headersTimeout: limit }),
    })
    return { status: response.statusCode, body: readBody(await response.body.text()) }
  },
  axios: async (input) => {
    const response = await axios.post(url, JSON.stringify(input), {
      headers,
      validateStatus: () => true,
      timeout: limit ?? 0,
    })
    return { status: response.status, body: response.data }
  },
  'axios on fetch': async (input) => {
    const response = await axios.post(url, JSON.stringify(input), {
      headers,
      validateStatus: () => true,
      adapter: 'fetch',
      timeout: limit ?? 0,
    })
    return { status: response.status, body: response.data }
  },
  got: async (input) => {
    const response = await got.post(url, {
      headers,
      body: JSON.stringify(input),
      throwHttpErrors: false,
      retry: { limit: 0 },
      ...(limit === undefined ? {} : { timeout: { request: limit } }),
    })
    return { status: response.statusCode, body: readBody(response.body) }
  },
}

async function loadV2() {
  const require = createRequire(import.meta.url)
  return { default: require('aws-sdk/clients/ecs') }
}

function readBody(text: string): unknown {
  const body: unknown = JSON.parse(text)
  return body
}

const session =
  record?.way === 'process'
    ? startRecording({ out: record.out })
    : record?.way === 'middleware'
      ? recordCommands(v3, { out: record.out })
      : undefined
const met: unknown[] = []
for (const input of inputs) {
  try {
    met.push(await CLIENTS[client]?.(input))
  } catch (error) {
    met.push(error instanceof Error ? { error: error.name, message: error.message } : error)
  }
}
await session?.stop()
v3.destroy()
process.stdout.write(JSON.stringify(met))
