import { START_TASK } from '../../contract/index.ts'
import {
  buildErrorResponse,
  type UnsupportedProtocol,
  isTransportFailure,
  parseBody,
  translateError,
  type TransportFailure,
  type WireRequest,
  type WireResponse,
} from '../../protocol/index.ts'
import { escapeControls } from '../../message/index.ts'
import { echoResponse } from './echo.ts'
import type { MetFault } from './fault.ts'
import type { ReplaySettings } from './options.ts'
import type { Entry } from './sequence.ts'
import { createResponseCache, dateResponse, prepareResponse } from './served-response.ts'

/** At once where nothing has to be waited for. */
export type MaybeLater<Value> = Value | Promise<Value>

/** Whom a recorded response is given. */
export interface Served {
  request: WireRequest
  operation: string
  /** How often the entry was played, this time included. */
  times: number
  fault: MetFault | undefined
}

/** Gives recorded responses as they are served: dated now, echoing the request, spoilt by a fault, and as late as the settings say. */
export function createServing(
  settings: ReplaySettings,
): (entry: Entry, served: Served) => MaybeLater<WireResponse | TransportFailure> {
  const prepare = createResponseCache(
    ({ source, exchange }: Entry) => source.read(exchange - 1).response,
  )
  const prepareEcho = (entry: Entry, { request, times }: Served) => {
    const recorded = entry.source.read(entry.exchange - 1)
    if (isTransportFailure(recorded.response)) return recorded.response
    return prepareResponse(
      echoResponse(recorded, parseBody(request.body), { now: settings.clock.now(), times }),
    )
  }
  return (entry, served) => {
    const { fault } = served
    const isEchoed = settings.isEchoing && served.operation === START_TASK
    const prepared = isEchoed ? prepareEcho(entry, served) : prepare(entry)
    const response = () => {
      if (isTransportFailure(prepared)) return prepared
      const now = settings.clock.now()
      const dated = dateResponse(prepared, now)
      return fault ? fault.spoil(dated, now) : dated
    }
    const recordedMs =
      settings.latencyScale === 0 ? 0 : (entry.source.read(entry.exchange - 1).elapsedMs ?? 0)
    const ms = recordedMs * settings.latencyScale + (fault?.delayMs ?? 0)
    return ms > 0 ? settings.clock.sleep(ms).then(response).catch(serveFailure) : response()
  }
}

/** HTTP 400: an SDK would send a 500's request again. With the true time, since the clock itself may be what fails. */
export function serveFailure(error: unknown): WireResponse {
  const reason = error instanceof Error ? error.message : String(error)
  return serveError('HarnessFailure', `starttask-harness failed to answer: ${reason}`, Date.now())
}

/** HTTP 400 in AWS JSON, or in the unsupported protocol that the client speaks. */
export function serveError(
  name: string,
  message: string,
  now: number,
  foreign?: UnsupportedProtocol,
): WireResponse {
  const response = buildErrorResponse(
    400,
    { name, message: escapeControls(message) },
    { now, requestId: crypto.randomUUID() },
  )
  return foreign ? translateError(response, foreign) : response
}
