import { Readable } from 'node:stream'

import {
  type Accounting,
  carryAccounting,
  createReplayer,
  type Recordings,
  type Replayer,
  type ReplayOptions,
} from '../engine/index.ts'
import {
  convertResult,
  createTruncatedBody,
  type EngineResult,
  respondSafely,
  type Signal,
  type TransportError,
} from './client-response.ts'

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
    async handle({ method, path, headers, body }, { abortSignal } = {}) {
      const result = await respondSafely(
        { method, url: path, headers: lowerNames(headers), body },
        (read) => replayer.respond(read),
        isSignal(abortSignal) ? { signal: abortSignal, createAbortError } : {},
      )
      return { response: buildSdkResponse(result) }
    },
    updateHttpClientConfig() {},
    httpHandlerConfigs: () => ({}),
    destroy() {},
  }
}

function buildSdkResponse(result: EngineResult): SdkResponse {
  const met = convertResult(result)
  if (!('status' in met)) throw nameAsSdk(met.error)
  const { status: statusCode, headers, body, error } = met
  return {
    statusCode,
    headers,
    body: error
      ? Readable.from(createTruncatedBody(body, error), { objectMode: false })
      : new Uint8Array(body), // the client's own copy: the SDK changes the prototype of what it gets
  }
}

/** The SDK writes most of them in lower case already. */
function lowerNames(headers: Record<string, string>): Record<string, string> {
  const lower: Record<string, string> = {}
  for (const name in headers) lower[name.toLowerCase()] = headers[name] ?? ''
  return lower
}

/** The SDK's own handler gives errors with these codes the name `TimeoutError`, and the SDK sends the request again. */
const TIMEOUT_CODES: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE', 'ETIMEDOUT'])

function nameAsSdk(error: TransportError): TransportError {
  return TIMEOUT_CODES.has(error.code) ? Object.assign(error, { name: 'TimeoutError' }) : error
}

function isSignal(value: unknown): value is Signal {
  return typeof value === 'object' && value !== null && 'aborted' in value
}

function createAbortError({ reason }: Signal): Error {
  return Object.assign(new Error('Request aborted', { cause: reason }), { name: 'AbortError' })
}
