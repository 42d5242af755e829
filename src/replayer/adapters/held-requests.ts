import { RequestController } from '@mswjs/interceptors'
import { HttpRequestInterceptor } from '@mswjs/interceptors/http'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { EventEmitter } from 'node:events'

import { isObject } from '../../protocol/index.ts'
import { refuseFailure } from '../engine/index.ts'
import { buildFetchResponse, convertResult, type EngineResult } from './client-response.ts'

/** What becomes of a held request: an engine result, an error of its client, or its way to the service. */
export type Verdict = EngineResult | Error | 'live'

/** A request that undici is about to write: `headers` is the text, `request` what the client asked for. */
type WrittenRequest = Record<string, unknown>

/** How requests are held. */
export interface Holding {
  /** Decides on a request. If it throws, the response is a refusal, so that nothing is sent by accident. */
  decide(request: Request): Verdict | Promise<Verdict>
  /** Selects the requests that must not be written to a connection older than the holding, which cannot be held. */
  isHeldWhenWritten(request: WrittenRequest): boolean
  /** The message of the `ECONNRESET` that the client of such a request meets. */
  tooOld: string
}

/**
 * Holds the requests of this process, sent by any HTTP client, until `decide` says what becomes of them. Leaves a request to the mock that has
 * responded to it already. Returns the function that ends it.
 */
export function holdRequests(holding: Holding): () => void {
  const interceptor = new HttpRequestInterceptor()
  interceptor.on('request', async ({ request, controller }) => {
    if (controller.readyState !== RequestController.PENDING) return
    const verdict = await decideSafely(holding, request)
    const isAwaited = controller.readyState === RequestController.PENDING // the client may have gone away
    if (verdict !== 'live' && isAwaited) settle(controller, verdict)
  })
  const stopClosing = closeOldConnections(holding)
  interceptor.apply()
  return () => {
    interceptor.dispose()
    stopClosing()
  }
}

/** The interceptor would turn an error into HTTP 500, which clients retry. */
async function decideSafely(holding: Holding, request: Request): Promise<Verdict> {
  try {
    return await holding.decide(request)
  } catch (error) {
    return refuseFailure(error)
  }
}

function settle(controller: RequestController, verdict: EngineResult | Error): void {
  if (verdict instanceof Error) return controller.errorWith(verdict)
  const met = convertResult(verdict)
  if ('status' in met) controller.respondWith(buildFetchResponse(met))
  else controller.errorWith(met.error)
}

/**
 * Watches fetch and undici, which keep connections open: a request on a connection from before cannot be held. The connection is closed before
 * the request is written to it. Returns the function that ends it.
 */
function closeOldConnections({
  isHeldWhenWritten,
  tooOld,
}: Pick<Holding, 'isHeldWhenWritten' | 'tooOld'>): () => void {
  const fresh = new WeakSet<object>()
  const onConnected = (event: unknown) => {
    if (isObject(event) && isSocket(event['socket'])) fresh.add(event['socket'])
  }
  const onWriting = (event: unknown) => {
    if (!isObject(event) || !isSocket(event['socket']) || fresh.has(event['socket'])) return
    if (isHeldWhenWritten(event))
      event['socket'].destroy(Object.assign(new Error(tooOld), { code: 'ECONNRESET' }))
  }
  subscribe('undici:client:connected', onConnected)
  subscribe('undici:client:sendHeaders', onWriting)
  return () => {
    unsubscribe('undici:client:connected', onConnected)
    unsubscribe('undici:client:sendHeaders', onWriting)
  }
}

function isSocket(value: unknown): value is EventEmitter & { destroy(error: Error): void } {
  return value instanceof EventEmitter && 'destroy' in value && typeof value.destroy === 'function'
}
