import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { EventEmitter } from 'node:events'

import { RequestController } from '@mswjs/interceptors'
import { HttpRequestInterceptor } from '@mswjs/interceptors/http'

import { isObject } from '../protocol/index.ts'

/**
 * Holds what a listening msw server lets out: requests of npm's undici, of `request` where it was imported by name or kept from before, and
 * what fetch would send on a connection that is older. `undefined` for a request that shall not be answered: it becomes an error. Gives the
 * function that ends it.
 */
export function holdRequests(answer: (request: Request) => Promise<Response> | undefined): () => void {
  const interceptor = new HttpRequestInterceptor()
  interceptor.on('request', async ({ request, controller }) => {
    const answered = await answer(request)
    if (controller.readyState !== RequestController.PENDING) return // its client went away
    if (answered) controller.respondWith(answered)
    else controller.errorWith(new Error(`The replay lets no other request out: ${request.method} ${request.url}`))
  })
  const stopClosing = closeOldConnections()
  interceptor.apply()
  return () => {
    interceptor.dispose()
    stopClosing()
  }
}

/** On a connection that is open already, nobody could answer: it is closed before anything is written to it. */
function closeOldConnections(): () => void {
  const fresh = new WeakSet<object>()
  const onConnected = (message: unknown) => {
    const socket = readSocket(message)
    if (socket) fresh.add(socket)
  }
  const onSent = (message: unknown) => {
    const socket = readSocket(message)
    if (socket && !fresh.has(socket)) socket.destroy(createOldError())
  }
  subscribe('undici:client:connected', onConnected)
  subscribe('undici:client:sendHeaders', onSent)
  return () => {
    unsubscribe('undici:client:connected', onConnected)
    unsubscribe('undici:client:sendHeaders', onSent)
  }
}

function readSocket(message: unknown): (EventEmitter & { destroy(error: Error): void }) | undefined {
  const socket = isObject(message) ? message['socket'] : undefined
  return isSocket(socket) ? socket : undefined
}

function isSocket(value: unknown): value is EventEmitter & { destroy(error: Error): void } {
  return value instanceof EventEmitter && 'destroy' in value && typeof value.destroy === 'function'
}

function createOldError(): Error {
  const message = 'This request was not sent: its connection is older than the replay. Send it again, or start the replay first.'
  return Object.assign(new Error(message), { code: 'ECONNRESET' })
}
