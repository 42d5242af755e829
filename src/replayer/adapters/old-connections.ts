import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { EventEmitter } from 'node:events'

import { isObject } from '../../protocol/index.ts'

/** What undici tells of a request that it is about to write: `headers` is the text, `request` what it was asked for. */
type Sent = Record<string, unknown>

/**
 * Watches fetch and undici, which keep connections open: on one from before, nobody could answer a request. It is closed before anything is
 * written to it, and its client meets an `ECONNRESET` with the message given. Gives the function that ends it.
 *
 * @param isHeld which requests would have been answered here; others go on their way
 */
export function closeOldConnections(isHeld: (sent: Sent) => boolean, message: string): () => void {
  const fresh = new WeakSet<object>()
  const onConnected = (told: unknown) => {
    if (isObject(told) && isSocket(told['socket'])) fresh.add(told['socket'])
  }
  const onSent = (told: unknown) => {
    if (!isObject(told) || !isSocket(told['socket']) || fresh.has(told['socket']) || !isHeld(told))
      return
    told['socket'].destroy(Object.assign(new Error(message), { code: 'ECONNRESET' }))
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
