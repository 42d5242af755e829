import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { EventEmitter } from 'node:events'
import { IncomingMessage } from 'node:http'

import { isObject } from '../protocol/index.ts'

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
export function markSocket(initiator: unknown, requestId: string): void {
  const socket = findSocket(initiator)
  if (socket) Reflect.set(socket, REQUEST_ID, requestId)
}

/** Tells once when the socket that carries a request closes; gives the function that stops telling. */
export function onSocketClose(initiator: unknown, tell: () => void): () => void {
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
export function watchEnds(watcher: EndWatcher): () => void {
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
export function findOnly(
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

function readText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
