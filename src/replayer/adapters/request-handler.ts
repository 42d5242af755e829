import { Readable } from 'node:stream'

import { isHarnessError } from '../../message/index.ts'
import {
  buildErrorResponse,
  isTransportFailure,
  MAX_BODY_BYTES,
  type TransportFailure,
  type WireRequest,
} from '../../protocol/index.ts'
import {
  type Accounting,
  carryAccounting,
  createReplayer,
  type Recordings,
  type Replayer,
  type ReplayOptions,
} from '../engine/index.ts'
import { readBytes } from './body-bytes.ts'
import { createTransportError } from './transport-error.ts'

/** What an SDK v3 client sends: `HttpRequest` of @smithy/types, as far as it is read. */
export interface SdkRequest {
  method: string
  path: string
  headers: Record<string, string>
  body?: unknown
}

/** `HttpResponse` of @smithy/types. */
export interface SdkResponse {
  statusCode: number
  headers: Record<string, string>
  body?: unknown
}

/** A request handler for clients of AWS SDK v3: `new ECSClient({ requestHandler })`. */
export interface ReplayRequestHandler extends Accounting {
  readonly metadata: { readonly handlerProtocol: string }
  /** Rejects with what the SDK's own handler rejects with, where a transport failure was recorded, and when `abortSignal` says so. */
  handle(
    request: SdkRequest,
    options?: { abortSignal?: unknown },
  ): Promise<{ response: SdkResponse }>
  /** The SDK asks for both; there is nothing to configure. */
  updateHttpClientConfig(): void
  httpHandlerConfigs(): Record<string, never>
  destroy(): void
}

/**
 * Answers a client from recordings, in its own process, without any HTTP between: the fastest adapter. A transport failure is the error that
 * the SDK's handler for Node.js makes of it, so that the client retries as it would; of a recorded time-out it hears at once.
 */
export function replayRequestHandler(
  recordings: Recordings,
  options: ReplayOptions = {},
): ReplayRequestHandler {
  return openRequestHandler(createReplayer(recordings, options))
}

/** As {@link replayRequestHandler}, over a replayer that others ask as well. */
export function openRequestHandler(replayer: Replayer): ReplayRequestHandler {
  return {
    ...carryAccounting(replayer),
    metadata: { handlerProtocol: 'http/1.1' },
    handle(request, { abortSignal } = {}) {
      if (!isSignal(abortSignal)) return answerRequest(replayer, request)
      if (abortSignal.aborted) return Promise.reject(createAbortError(abortSignal))
      return raceAbort(answerRequest(replayer, request), abortSignal)
    },
    updateHttpClientConfig() {},
    httpHandlerConfigs: () => ({}),
    destroy() {},
  }
}

async function answerRequest(
  replayer: Replayer,
  request: SdkRequest,
): Promise<{ response: SdkResponse }> {
  const body = await readLimited(request.body)
  if (body === undefined || body.length > MAX_BODY_BYTES) return { response: refuseLarge() }
  const wire: WireRequest = {
    method: request.method,
    url: request.path,
    headers: lowerNames(request.headers),
    body,
  }
  const response = await replayer.respond(wire)
  if (isTransportFailure(response)) return failAsSdk(response)
  const { status: statusCode, headers, body: answered } = response
  return { response: { statusCode, headers, body: copyBytes(answered) } }
}

/** `undefined` for a stream that has too many bytes. */
function readLimited(body: unknown): Uint8Array | Promise<Uint8Array | undefined> {
  const bytes = readBytes(body)
  if (bytes instanceof Uint8Array) return bytes
  return bytes.catch((error: unknown) => {
    if (isHarnessError(error, 'too-large')) return undefined
    throw error
  })
}

/** Of the caller's own: the SDK changes the prototype of what it gets. */
function copyBytes(body: string | Uint8Array): Uint8Array {
  return typeof body === 'string' ? new TextEncoder().encode(body) : new Uint8Array(body)
}

function refuseLarge(): SdkResponse {
  const message = `The request body has more than ${MAX_BODY_BYTES} bytes; it was not read.`
  const { status, headers, body } = buildErrorResponse(
    413,
    { name: 'RequestTooLarge', message },
    { now: Date.now(), requestId: crypto.randomUUID() },
  )
  return { statusCode: status, headers, body: copyBytes(body) }
}

/** The SDK writes most of them in lower case already. */
function lowerNames(headers: Record<string, string>): Record<string, string> {
  const lower: Record<string, string> = {}
  for (const name in headers) lower[name.toLowerCase()] = headers[name] ?? ''
  return lower
}

/** By the codes of the first list, the SDK's handler gives its error this name, and the SDK sends the request again. */
const TIMEOUT_CODES: ReadonlySet<string | undefined> = new Set(['ECONNRESET', 'EPIPE', 'ETIMEDOUT'])

function failAsSdk(failure: TransportFailure): { response: SdkResponse } {
  const error = createTransportError(failure)
  if (failure.failure === 'truncated')
    return {
      response: {
        statusCode: 200,
        headers: { 'content-length': '1000' },
        body: createCutBody(error),
      },
    }
  if (TIMEOUT_CODES.has(error.code)) error.name = 'TimeoutError'
  throw error
}

function createCutBody(error: Error): Readable {
  return new Readable({
    read() {
      this.push('{')
      this.destroy(error)
    },
  })
}

interface Signal {
  readonly aborted: boolean
  readonly reason?: unknown
  onabort?: unknown
  addEventListener?(type: 'abort', listener: () => void, options?: { once: boolean }): void
  removeEventListener?(type: 'abort', listener: () => void): void
}

function isSignal(value: unknown): value is Signal {
  return typeof value === 'object' && value !== null && 'aborted' in value
}

/** As the SDK's own handler makes it: a signal that is no event target has `onabort` alone. */
function raceAbort<Result>(result: Promise<Result>, signal: Signal): Promise<Result> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(createAbortError(signal))
    if (signal.addEventListener) signal.addEventListener('abort', abort, { once: true })
    else signal.onabort = abort // oxlint-disable-line unicorn/prefer-add-event-listener -- it has none
    void result.then(resolve, reject).finally(() => signal.removeEventListener?.('abort', abort))
  })
}

function createAbortError({ reason }: Signal): Error {
  return Object.assign(new Error('Request aborted', { cause: reason }), { name: 'AbortError' })
}
