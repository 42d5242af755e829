import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { EventEmitter } from 'node:events'

import { isObject } from '../protocol/index.ts'
import { namesEcs } from './ecs-request.ts'

/**
 * Watches fetch and undici, which keep connections open: on one from before a session, nobody would hold a request to ECS. It is closed
 * before anything is written to it, and its client meets an `ECONNRESET` that says so. Gives the function that ends it.
 */
export function closeOldConnections(): () => void {
  const fresh = new WeakSet<object>()
  const onConnected = (message: unknown) => {
    if (isObject(message) && isSocket(message['socket'])) fresh.add(message['socket'])
  }
  const onSent = (message: unknown) => {
    if (!isObject(message) || !isSocket(message['socket']) || fresh.has(message['socket']) || !isForEcs(message)) return
    message['socket'].destroy(describeOld())
  }
  subscribe('undici:client:connected', onConnected)
  subscribe('undici:client:sendHeaders', onSent)
  return () => {
    unsubscribe('undici:client:connected', onConnected)
    unsubscribe('undici:client:sendHeaders', onSent)
  }
}

function isSocket(value: unknown): value is EventEmitter & { destroy(error: Error): void } {
  return value instanceof EventEmitter && 'destroy' in value && typeof value.destroy === 'function'
}

/** Its headers are the text that is about to be written. */
function isForEcs({ headers, request }: Record<string, unknown>): boolean {
  const origin = typeof request === 'object' && request !== null && 'origin' in request ? String(request.origin) : ''
  return namesEcs(String(headers), URL.canParse(origin) ? new URL(origin).hostname : '')
}

function describeOld(): Error {
  const message =
    'This request was not sent: its connection is older than the session, which cannot answer there. Send it again, or begin the session first.'
  return Object.assign(new Error(message), { code: 'ECONNRESET' })
}
