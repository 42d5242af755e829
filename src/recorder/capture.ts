import { IncomingMessage } from 'node:http'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { EventEmitter } from 'node:events'

import { RequestController } from '@mswjs/interceptors'
import { HttpRequestInterceptor } from '@mswjs/interceptors/http'

import { readOperation } from '../contract/index.ts'
import {
  type CapturedResponse,
  isObject,
  normaliseHeaders,
  parseBody,
  readTransportFailure,
  type TransportFailure,
  readText,
} from '../protocol/index.ts'
import type { OpenExchange, Timing } from './collector.ts'
import { GRACE_MS, settleWithin } from './exit.ts'
import { createUnsupportedProtocolWarning } from './unsupported-protocol-warning.ts'

/** A request that was sent and has no end yet. */
interface Pending {
  request: SentRequest
  body: Promise<Uint8Array>
  exchange: OpenExchange
  end: PromiseWithResolvers<void>
  isAnswered: boolean
  /** When it began, and how long its response's headers took, in milliseconds. */
  began: number
  headersMs?: number
  /** The request's body once it is read, and the response as far as `node:http` has read it: what an exit of the process leaves time for. */
  sent?: Uint8Array
  message?: { read: IncomingMessage; chunks: Uint8Array[] }
  /** The response as far as the interceptor has passed it on. */
  arrived?: CapturedResponse & { chunks: Uint8Array[] }
}

type Begin = (headers: Record<string, string>) => OpenExchange

/**
 * Captures the requests of this process that name one of the operations; gives the function that ends it. That one resolves when all
 * requests in flight have ended, or after two seconds.
 */
export function captureRequests(operations: readonly string[], begin: Begin): () => Promise<void> {
  const pending = createPendingRequests()
  let isStopping = false
  const isWanted = (request: Request) =>
    readOperation(request.headers.get('x-amz-target') ?? undefined, operations) !== undefined
  const warnOfUnsupportedProtocol = createUnsupportedProtocolWarning()
  const interceptor = new HttpRequestInterceptor()
  interceptor.on('request', ({ requestId, request, initiator, controller }) => {
    markSocket(initiator, requestId)
    const isMocked =
      controller.readyState === RequestController.RESPONSE ||
      controller.readyState === RequestController.ERROR
    if (isStopping || isMocked) return
    const headers = normaliseHeaders(request.headers)
    if (!isWanted(request)) return warnOfUnsupportedProtocol({ url: request.url, headers })
    const looks = {
      host: new URL(request.url).host,
      target: headers['x-amz-target'] ?? '',
      invocation: headers['amz-sdk-invocation-id'],
    }
    pending.add(requestId, {
      request: looks,
      body: readBytes(request.clone()),
      exchange: begin(headers),
      end: Promise.withResolvers(),
      isAnswered: false,
      began: performance.now(),
    })
  })
  interceptor.on('response', ({ requestId, response, responseType, initiator }) => {
    const opened = pending.get(requestId)
    if (!opened) return
    if (responseType === 'mock') {
      opened.exchange.drop()
      pending.settle(requestId)
    } else {
      opened.isAnswered = true
      opened.headersMs = performance.now() - opened.began
      void finishExchange(opened, response.clone(), initiator).then(() => pending.settle(requestId))
    }
  })
  const stopWatching = watchEnds({
    fail(failed, error) {
      const requestId = failed.requestId ?? findOnly(pending.describe(), failed.request)
      const opened = requestId === undefined ? undefined : pending.get(requestId)
      if (requestId !== undefined && opened)
        void failExchange(opened, error).then(() => pending.settle(requestId))
    },
    begin(requestId, message) {
      const opened = pending.get(requestId)
      if (opened) opened.message = { read: message, chunks: copyChunks(message) }
    },
  })
  process.prependListener('exit', pending.finishAll) // before the collector saves
  interceptor.apply()
  return async () => {
    isStopping = true
    await settleWithin(GRACE_MS, pending.underWay)
    interceptor.dispose()
    process.off('exit', pending.finishAll)
    stopWatching()
  }
}

function createPendingRequests() {
  const pending = new Map<string, Pending>()
  const underWay = new Set<Promise<void>>()
  return {
    underWay,
    get: (requestId: string) => pending.get(requestId),
    describe: () => new Map([...pending].map(([id, { request }]) => [id, request])),
    add(requestId: string, opened: Pending) {
      pending.set(requestId, opened)
      underWay.add(opened.end.promise)
      void opened.body.then((bytes) => (opened.sent = bytes))
    },
    settle(requestId: string) {
      const opened = pending.get(requestId)
      pending.delete(requestId)
      opened?.end.resolve()
      if (opened) underWay.delete(opened.end.promise)
    },
    /** Nothing asynchronous happens any more. */
    finishAll: () => {
      for (const opened of pending.values()) finishIfWhole(opened)
    },
  }
}

/** A body that breaks off was never sent whole: its request fails, and is told as such. */
async function readBytes(message: Request): Promise<Uint8Array> {
  return new Uint8Array(await message.arrayBuffer().catch(() => new ArrayBuffer()))
}

/** Copies what the parser adds to a message, which its reader notices nothing of. */
function copyChunks(message: IncomingMessage): Uint8Array[] {
  const chunks: Uint8Array[] = []
  const push = message.push.bind(message)
  message.push = (chunk: unknown, encoding?: BufferEncoding) => {
    if (chunk instanceof Uint8Array) chunks.push(Uint8Array.from(chunk))
    return push(chunk, encoding)
  }
  return chunks
}

async function finishExchange(
  opened: Pending,
  response: Response,
  initiator: unknown,
): Promise<void> {
  const arrived = {
    status: response.status,
    headers: normaliseHeaders(response.headers),
    body: new Uint8Array(),
    chunks: new Array<Uint8Array>(),
  }
  opened.arrived = arrived
  const cut = Promise.withResolvers<'cut'>()
  const forgetSocket = onSocketClose(initiator, () => setImmediate(() => cut.resolve('cut'))) // what had come is read first
  const end = await Promise.race([
    readChunks(response, arrived.chunks),
    cut.promise,
    opened.end.promise,
  ])
  forgetSocket()
  const captured = joinChunks(arrived)
  await opened.exchange.finish(
    await opened.body,
    end === 'cut' && !isWhole(captured) ? CUT : captured,
    readTiming(opened),
  )
}

/** As `node:http` names it; the interceptor leaves the body of a response that is cut open for ever. */
const CUT = { failure: 'truncated', code: 'ECONNRESET' } as const

async function readChunks(response: Response, chunks: Uint8Array[]): Promise<'cut' | 'whole'> {
  try {
    for await (const chunk of response.body ?? []) chunks.push(chunk)
    return 'whole'
  } catch {
    return 'cut'
  }
}

async function failExchange(opened: Pending, error: unknown): Promise<void> {
  const { isAnswered, exchange, body } = opened
  const failure = isAnswered ? CUT : describeFailure(error)
  if (failure) await exchange.finish(await body, failure, readTiming(opened))
  else exchange.drop()
}

/** What the client met; `undefined` for an error without a code, which no network makes, but a mock does. */
function describeFailure(error: unknown): TransportFailure | undefined {
  const name = error instanceof Error ? error.name : ''
  if (name === 'TimeoutError' || isTimeLimit(error))
    return { failure: 'timeout', code: 'ETIMEDOUT' }
  if (name === 'AbortError') return { failure: 'other', code: 'ABORT_ERR' }
  const failure = readTransportFailure(error)
  return failure.code === undefined ? undefined : failure
}

/** axios ends a request that takes too long under the code of an abort. */
function isTimeLimit(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    error.code === 'ECONNABORTED' &&
    /\btimeout\b/.test(error.message)
  )
}

function joinChunks({
  status,
  headers,
  chunks,
}: CapturedResponse & { chunks: Uint8Array[] }): CapturedResponse {
  return { status, headers, body: Buffer.concat(chunks) }
}

/** A response may have come whole to the client, which then ends the process before this recorder has been told that it is whole. */
function finishIfWhole(opened: Pending): void {
  const { sent, message, arrived, exchange } = opened
  if (!sent) return
  if (message) {
    const { read, chunks } = message
    if (read.complete)
      void exchange.finish(
        sent,
        {
          status: read.statusCode ?? 0,
          headers: normaliseHeaders(read.headers),
          body: Buffer.concat(chunks),
        },
        readTiming(opened),
      )
  } else if (arrived) {
    const response = joinChunks(arrived)
    if (isWhole(response)) void exchange.finish(sent, response, readTiming(opened))
  }
}

function readTiming({ headersMs }: Pending): Timing {
  return headersMs === undefined ? {} : { headersMs }
}

function isWhole({ headers, body }: CapturedResponse): boolean {
  const length = headers['content-length']
  return length === undefined ? isJson(body) : Number(length) === body.length
}

function isJson(body: Uint8Array): boolean {
  try {
    return parseBody(body) !== undefined
  } catch {
    return false
  }
}

/** What tells a request from others, as far as both the interceptor and Node.js's diagnostics know it. */
export interface SentRequest {
  host: string
  target: string
  invocation: string | undefined
}

/** A request that got no response: the interceptor's id of it when its socket told, and what it looked like. */
export interface FailedRequest {
  requestId: string | undefined
  request: Partial<SentRequest>
}

const REQUEST_ID = Symbol('starttask-harness.request')

/**
 * Writes the interceptor's id of a request on the socket that carries it, where {@link watchEnds} reads it: Node.js tells which
 * request failed, but not under the interceptor's id. The initiator is the socket, or the ClientRequest that has it.
 */
function markSocket(initiator: unknown, requestId: string): void {
  const socket = findSocket(initiator)
  if (socket) Reflect.set(socket, REQUEST_ID, requestId)
}

/** Tells once when the socket that carries a request closes; gives the function that stops telling. */
function onSocketClose(initiator: unknown, tell: () => void): () => void {
  const socket = findSocket(initiator)
  socket?.once('close', tell)
  return () => void socket?.off('close', tell)
}

function findSocket(initiator: unknown): EventEmitter | undefined {
  const socket = readSocket(initiator) ?? initiator
  return socket instanceof EventEmitter ? socket : undefined
}

/** Who wants to know how requests end. */
export interface EndWatcher {
  /** A request of `node:http` or undici (fetch) ends without a response, or within it. */
  fail(failed: FailedRequest, error: unknown): void
  /** `node:http` has the head of a response, and nothing of its body. */
  begin(requestId: string, message: IncomingMessage): void
}

/** Tells how requests end, as Node.js's own diagnostics have it; gives the function that ends it. */
function watchEnds(watcher: EndWatcher): () => void {
  const sockets = new WeakMap<object, unknown>()
  const readId = (request: object) => {
    const socket = sockets.get(request) ?? readSocket(request)
    return typeof socket === 'object' && socket !== null
      ? readText(Reflect.get(socket, REQUEST_ID))
      : undefined
  }
  const onSent = (message: unknown) => {
    if (isMessage(message)) sockets.set(message.request, message['socket'])
  }
  const onHead = (message: unknown) => {
    const requestId = isMessage(message) ? readId(message.request) : undefined
    if (
      requestId !== undefined &&
      isMessage(message) &&
      message['response'] instanceof IncomingMessage
    )
      watcher.begin(requestId, message['response'])
  }
  const onError = (message: unknown) => {
    if (isMessage(message))
      watcher.fail(
        { requestId: readId(message.request), request: describeRequest(message.request) },
        message['error'],
      )
  }
  const channels = [
    ['http.client.response.finish', onHead],
    ['http.client.request.error', onError],
    ['undici:request:error', onError],
    ['undici:client:sendHeaders', onSent],
  ] as const
  for (const [name, listener] of channels) subscribe(name, listener)
  return () => {
    for (const [name, listener] of channels) unsubscribe(name, listener)
  }
}

/** The one request in flight that looks like the one that failed; none when several do, for a wrong one would be a false recording. */
function findOnly(
  sent: ReadonlyMap<string, SentRequest>,
  failed: Partial<SentRequest>,
): string | undefined {
  const alike = [...sent].filter(
    ([, { host, target, invocation }]) =>
      host === failed.host && target === failed.target && invocation === failed.invocation,
  )
  return alike.length === 1 ? alike[0]?.[0] : undefined
}

function isMessage(message: unknown): message is { request: object; [member: string]: unknown } {
  return isObject(message) && typeof message['request'] === 'object' && message['request'] !== null
}

function readSocket(owner: unknown): unknown {
  return typeof owner === 'object' && owner !== null && 'socket' in owner ? owner.socket : undefined
}

function describeRequest(request: object): Partial<SentRequest> {
  const origin = 'origin' in request ? readText(request.origin) : undefined
  const readHeader = createHeaderReader(request)
  const host =
    readHeader('host') ?? (origin !== undefined && URL.canParse(origin) ? new URL(origin).host : '')
  return {
    host,
    target: readHeader('x-amz-target') ?? '',
    invocation: readHeader('amz-sdk-invocation-id'),
  }
}

/** ClientRequest has `getHeader`, undici's request a flat list of names and values. */
function createHeaderReader(request: object): (name: string) => string | undefined {
  if ('getHeader' in request && typeof request.getHeader === 'function') {
    const { getHeader } = request
    return (name) => readText(Reflect.apply(getHeader, request, [name]))
  }
  const flat: unknown[] =
    'headers' in request && Array.isArray(request.headers) ? request.headers : []
  const names = flat.map((item, index) =>
    index % 2 === 0 ? readText(item)?.toLowerCase() : undefined,
  )
  return (name) => (names.includes(name) ? readText(flat[names.indexOf(name) + 1]) : undefined)
}
