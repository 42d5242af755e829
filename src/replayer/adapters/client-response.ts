import {
  describeLargeBody,
  type ListenerResponse,
  TRUNCATED_RESPONSE,
} from '../../listener/index.ts'
import { HarnessError, isHarnessError } from '../../message/index.ts'
import {
  isTransportFailure,
  MAX_BODY_BYTES,
  normaliseHeaders,
  readDefaultCode,
  type TransportFailure,
  type WireRequest,
  type WireResponse,
} from '../../protocol/index.ts'
import { refuse, refuseFailure } from '../engine/index.ts'

/** What the engine returns: a response, or the transport failure that was recorded instead of one. */
export type EngineResult = WireResponse | TransportFailure

/** A response as a client meets it. */
export interface ClientResponse {
  status: number
  headers: Record<string, string>
  body: Uint8Array
  /** The error in which the body ends, if it breaks off. */
  error: TransportError | undefined
}

/** A connection that fails before there is a response. */
export interface FailedConnection {
  failure: Exclude<TransportFailure['failure'], 'truncated'>
  error: TransportError
}

/** The error of a transport failure, as Node.js gives it to its clients. */
export type TransportError = Error & { code: string }

/**
 * Converts an engine result into what the client of any adapter meets. Each adapter then gives it the form that its client takes. The bytes of
 * the body are shared with later responses.
 */
export function convertResult(result: EngineResult): ClientResponse | FailedConnection {
  if (!isTransportFailure(result)) {
    const { status, headers, body } = result
    return { status, headers, body: toBytes(body), error: undefined }
  }
  const { failure } = result
  const error = createTransportError(result)
  if (failure !== 'truncated') return { failure, error }
  const { status, headers, body } = TRUNCATED_RESPONSE
  return { status, headers: { ...headers }, body: toBytes(body), error }
}

/** Converts an engine result into what a listener writes, on the network or in memory: at once where the result is there at once. */
export function convertDecided(
  result: EngineResult | Promise<EngineResult>,
): ListenerResponse | Promise<ListenerResponse> {
  return result instanceof Promise ? result.then(convertForListener) : convertForListener(result)
}

function convertForListener(result: EngineResult): ListenerResponse {
  const met = convertResult(result)
  if (!('status' in met)) return met
  const { status, headers, body, error } = met
  return { status, headers, body, isTruncated: error !== undefined }
}

/**
 * Builds the `Response` that clients on fetch and interceptors take. It has its own copy of the bytes.
 *
 * @param wrapError makes the error in which a truncated body ends
 */
export function buildFetchResponse(
  { status, headers, body, error }: ClientResponse,
  wrapError: (error: TransportError) => Error = (same) => same,
): Response {
  const content = error
    ? createTruncatedBody(body, wrapError(error))
    : NO_BODY.has(status)
      ? null
      : Buffer.from(body)
  return new Response(content, { status, headers })
}

/** `Response` accepts no body with these statuses. */
const NO_BODY: ReadonlySet<number> = new Set([204, 205, 304])

/** Creates a body that breaks off: it ends in the error once the client has had time to read its start. */
export function createTruncatedBody(start: Uint8Array, error: Error): ReadableStream<Uint8Array> {
  let isBegun = false
  return new ReadableStream({
    pull(controller) {
      if (isBegun) return void setImmediate(() => controller.error(error))
      isBegun = true
      controller.enqueue(new Uint8Array(start))
    },
  })
}

/** The message of each failure, as Node.js words it. */
const MESSAGES: Readonly<Record<TransportFailure['failure'], string>> = {
  refused: 'connect ECONNREFUSED',
  reset: 'read ECONNRESET',
  timeout: 'connect ETIMEDOUT',
  truncated: 'aborted',
  other: 'socket hang up',
}

/** A failure of another kind that was recorded without a code is replayed as a reset. */
const OTHER_CODE = 'ECONNRESET'

function createTransportError({ failure, code }: TransportFailure): TransportError {
  const message = `${MESSAGES[failure]} (replayed: a recorded transport failure)`
  return Object.assign(new Error(message), {
    code: code ?? readDefaultCode(failure) ?? OTHER_CODE,
  })
}

/** A request as a client gives it to its adapter. */
export interface ClientRequest {
  method: string
  url: string
  /** Header names are lower-case. */
  headers: Record<string, string>
  /** Text, bytes, a stream of either, or nothing. */
  body: unknown
}

/** Reads a `Request` of fetch, except its body. */
export function readFetchRequest({ method, url, headers, body }: Request): ClientRequest {
  return { method, url, headers: normaliseHeaders(headers), body }
}

/** A request with its body in memory. */
export type ReadRequest = WireRequest & { body: Uint8Array }

interface Responding {
  /** The largest body that is read. */
  maxBytes?: number
  /** Rejects when the client gives up. A client that gives up before its body is read plays nothing. */
  signal?: Signal
  /** Makes the error of an aborted signal; the signal's reason by default. */
  createAbortError?: (signal: Signal) => unknown
}

/** An abort signal. Some SDK clients pass one that is not an event target. */
export interface Signal {
  readonly aborted: boolean
  readonly reason?: unknown
  onabort?: unknown
  addEventListener?(type: 'abort', listener: () => void, options?: { once: boolean }): void
  removeEventListener?(type: 'abort', listener: () => void): void
}

/**
 * Reads the request's body and calls `respond`. Whatever goes wrong becomes a response that no client retries: HTTP 413 for a body above the
 * limit, HTTP 400 (`HarnessFailure`) for a body that cannot be read and for an error of `respond`. Rejects only when the signal is aborted.
 */
export function respondSafely<Given>(
  request: ClientRequest,
  respond: (request: ReadRequest) => Given | Promise<Given>,
  { maxBytes = MAX_BODY_BYTES, signal, createAbortError = readReason }: Responding = {},
): Promise<Given | WireResponse> {
  if (!signal) return respondOrRefuse(request, respond, maxBytes)
  if (signal.aborted) return Promise.reject(createAbortError(signal))
  return new Promise((resolve, reject) => {
    const abort = () => reject(createAbortError(signal))
    if (signal.addEventListener) signal.addEventListener('abort', abort, { once: true })
    else signal.onabort = abort // oxlint-disable-line unicorn/prefer-add-event-listener -- it has none
    const respondIfAwaited = (read: ReadRequest) =>
      signal.aborted ? refuse(400, 'Aborted', 'The client gave up.') : respond(read)
    void respondOrRefuse(request, respondIfAwaited, maxBytes)
      .then(resolve, reject)
      .finally(() => signal.removeEventListener?.('abort', abort))
  })
}

function readReason({ reason }: Signal): unknown {
  return reason
}

async function respondOrRefuse<Given>(
  { method, url, headers, body }: ClientRequest,
  respond: (request: ReadRequest) => Given | Promise<Given>,
  maxBytes: number,
): Promise<Given | WireResponse> {
  try {
    const reading = readBytes(body, maxBytes)
    const bytes = reading instanceof Uint8Array ? reading : await reading
    if (bytes.length > maxBytes) throw createTooLarge(maxBytes)
    return await respond({ method, url, headers, body: bytes })
  } catch (error) {
    return isHarnessError(error, 'too-large')
      ? refuse(413, 'RequestTooLarge', error.message)
      : refuseFailure(error)
  }
}

function createTooLarge(maxBytes: number): HarnessError {
  return new HarnessError('too-large', describeLargeBody(maxBytes))
}

/** Reads a body. A stream is read to its end, or to the limit. */
function readBytes(body: unknown, maxBytes: number): Uint8Array | Promise<Uint8Array> {
  if (body === undefined || body === null) return NO_BYTES
  if (typeof body === 'string') return Buffer.from(body)
  if (body instanceof Uint8Array) return body
  if (body instanceof ArrayBuffer) return new Uint8Array(body)
  if (ArrayBuffer.isView(body)) return new Uint8Array(body.buffer, body.byteOffset, body.byteLength)
  if (isAsyncIterable(body)) return readStream(body, maxBytes)
  throw new HarnessError('usage', 'The request body is not text, bytes or a stream of either.')
}

const NO_BYTES = new Uint8Array()

function isAsyncIterable(body: unknown): body is AsyncIterable<unknown> {
  return typeof body === 'object' && body !== null && Symbol.asyncIterator in body
}

async function readStream(stream: AsyncIterable<unknown>, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of stream) {
    if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array))
      throw new HarnessError('usage', 'The request body is a stream of neither text nor bytes.')
    const bytes = toBytes(chunk)
    length += bytes.length
    if (length > maxBytes) throw createTooLarge(maxBytes)
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}

function toBytes(body: string | Uint8Array): Uint8Array {
  return typeof body === 'string' ? Buffer.from(body) : body
}
