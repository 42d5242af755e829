import { type Agent, request as sendSecure } from 'node:https'
import { request as sendPlain } from 'node:http'
import { createRequire } from 'node:module'
import { text } from 'node:stream/consumers'

import {
  ECSClient,
  type ECSClientConfig,
  StartTaskCommand,
  type StartTaskCommandInput,
} from '@aws-sdk/client-ecs'
import axios from 'axios'
import got from 'got'
import { fetch as undiciFetch, request as undiciRequest } from 'undici'

import { isObject } from '../../src/protocol/index.ts'
import { TARGET } from '../replayer/recorded-exchanges.ts'

/** What a client is given to go through an adapter. */
export interface Way {
  /** Its endpoint. */
  url: string
  client?: Pick<ECSClientConfig, 'requestHandler'>
  agent?: Agent
  /** For clients that take theirs from outside; otherwise the global one. */
  givenFetch?: typeof fetch
}

/** What the user of a client gets, whichever client it is. */
export type Got = { tasks: number; reasons: unknown[] } | { error: string; message: string }

type Input = Pick<StartTaskCommandInput, 'taskDefinition' | 'containerInstances'>

/** Sends one StartTask as users of the client do, who wait `limit` milliseconds where it is given. */
type Send = (way: Way, input: Input, limit?: number) => Promise<Got>

export type ClientName =
  | 'SDK v3'
  | 'SDK v2'
  | 'fetch'
  | 'axios'
  | 'axios on fetch'
  | 'got'
  | 'node:https'
  | 'undici fetch'
  | 'undici request'

const HEADERS = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': TARGET }
const CREDENTIALS = { accessKeyId: 'AKID', secretAccessKey: 'none' }

const SENDS: Record<ClientName, Send> = {
  'SDK v3': async ({ url, client }, input, limit) => {
    const v3 = new ECSClient({
      endpoint: url,
      region: 'us-east-1',
      credentials: CREDENTIALS,
      ...client,
    })
    return readTasks(
      await v3.send(
        new StartTaskCommand(input),
        limit === undefined ? {} : { abortSignal: AbortSignal.timeout(limit) },
      ),
    )
  },
  'SDK v2': async ({ url, agent }, input, limit) => {
    const ECS: new (options: object) => V2 = createRequire(import.meta.url)('aws-sdk/clients/ecs')
    const httpOptions = { ...(agent && { agent }), ...(limit !== undefined && { timeout: limit }) }
    const retries = {
      retryDelayOptions: { base: 1 },
      ...(limit !== undefined && { maxRetries: 0 }),
    }
    const v2 = new ECS({
      endpoint: url,
      region: 'us-east-1',
      credentials: CREDENTIALS,
      httpOptions,
      ...retries,
    })
    return readTasks(await v2.startTask(input).promise())
  },
  fetch: async ({ url, givenFetch = fetch }, input, limit) => {
    const signal = limit === undefined ? {} : { signal: AbortSignal.timeout(limit) }
    const response = await givenFetch(url, {
      method: 'POST',
      headers: HEADERS,
      body: JSON.stringify(input),
      ...signal,
    })
    return readResponse(response.status, await response.json())
  },
  axios: async ({ url, agent }, input, limit) => {
    const { status, data } = await axios.post<unknown>(url, JSON.stringify(input), {
      ...configureAxios(limit),
      ...(agent && { httpAgent: agent, httpsAgent: agent }),
    })
    return readResponse(status, data)
  },
  'axios on fetch': async ({ url, givenFetch }, input, limit) => {
    const { status, data } = await axios.post<unknown>(url, JSON.stringify(input), {
      ...configureAxios(limit),
      adapter: 'fetch',
      ...(givenFetch && { env: { fetch: givenFetch } }),
    })
    return readResponse(status, data)
  },
  got: async ({ url, agent }, input, limit) => {
    const { statusCode, body } = await got.post(url, {
      headers: HEADERS,
      body: JSON.stringify(input),
      throwHttpErrors: false,
      ...(agent && { agent: { http: agent, https: agent } }),
      ...(limit !== undefined && { timeout: { request: limit } }),
    })
    return readResponse(statusCode, JSON.parse(body))
  },
  'undici fetch': async ({ url }, input, limit) => {
    const signal = limit === undefined ? {} : { signal: AbortSignal.timeout(limit) }
    const response = await undiciFetch(url, {
      method: 'POST',
      headers: HEADERS,
      body: JSON.stringify(input),
      ...signal,
    })
    return readResponse(response.status, await response.json())
  },
  'undici request': async ({ url }, input, limit) => {
    const limits = limit === undefined ? {} : { headersTimeout: limit }
    const response = await undiciRequest(url, {
      method: 'POST',
      headers: HEADERS,
      body: JSON.stringify(input),
      ...limits,
    })
    return readResponse(response.statusCode, await response.body.json())
  },
  'node:https': ({ url, agent }, input, limit) =>
    new Promise((resolve, reject) => {
      const send = url.startsWith('https:') ? sendSecure : sendPlain
      const options = {
        method: 'POST',
        headers: HEADERS,
        ...(agent && { agent }),
        ...(limit !== undefined && { timeout: limit }),
      }
      const request = send(url, options, (response) => {
        text(response)
          .then((body) => resolve(readResponse(response.statusCode ?? 0, JSON.parse(body))))
          .catch(reject)
      })
      request.on('timeout', () => request.destroy(new Error('waited no longer')))
      request.on('error', reject)
      request.end(JSON.stringify(input))
    }),
}

interface V2 {
  startTask(input: object): { promise(): Promise<object> }
}

/** Sends a StartTask through the adapter with that client; an error of any kind is told by its code or name. */
export async function sendWith(
  name: ClientName,
  way: Way,
  input: Input,
  limit?: number,
): Promise<Got> {
  try {
    return await SENDS[name](way, input, limit)
  } catch (error) {
    if (!(error instanceof Error)) throw error
    return { error: readCode(error), message: error.message }
  }
}

/** Sends a StartTask through the adapter with that client, and throws what it throws. */
export function sendRaw(name: ClientName, way: Way, input: Input): Promise<Got> {
  return SENDS[name](way, input)
}

/** Sends a StartTask, and resolves when the headers of the response are there. `body` reads on. */
export function beginRaw(
  name: 'fetch' | 'node:https',
  { url, agent, givenFetch = fetch }: Way,
  input: Input,
): Promise<{ status: number; body: () => Promise<string> }> {
  const sent = JSON.stringify(input)
  if (name === 'fetch')
    return givenFetch(url, { method: 'POST', headers: HEADERS, body: sent }).then((response) => ({
      status: response.status,
      body: () => response.text(),
    }))
  return new Promise((resolve, reject) => {
    const send = url.startsWith('https:') ? sendSecure : sendPlain
    const options = { method: 'POST', headers: HEADERS, ...(agent && { agent }) }
    send(url, options, (response) =>
      resolve({ status: response.statusCode ?? 0, body: () => text(response) }),
    )
      .on('error', reject)
      .end(sent)
  })
}

function configureAxios(limit = 0): {
  headers: typeof HEADERS
  timeout: number
  validateStatus: () => true
} {
  return { headers: HEADERS, timeout: limit, validateStatus: () => true }
}

function readResponse(status: number, body: unknown): Got {
  if (status === 200) return readTasks(body)
  return isObject(body)
    ? { error: String(body['__type']), message: String(body['message']) }
    : { error: `HTTP ${status}`, message: '' }
}

function readTasks(body: unknown): Got {
  const tasks = isObject(body) && Array.isArray(body['tasks']) ? body['tasks'] : []
  const failures: unknown[] =
    isObject(body) && Array.isArray(body['failures']) ? body['failures'] : []
  return {
    tasks: tasks.length,
    reasons: failures.map((failure) => (isObject(failure) ? failure['reason'] : failure)),
  }
}

/** Where a transport failed, what Node.js calls it: SDK v2 and fetch wrap that error. */
export function readCode(error: Error): string {
  const inner = 'originalError' in error ? error.originalError : error.cause
  for (const one of [inner, error]) {
    if (one instanceof Error && 'code' in one && typeof one.code === 'string') return one.code
  }
  return error.name
}
