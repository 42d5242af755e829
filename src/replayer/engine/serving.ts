import { START_TASK } from '../../contract/index.ts'
import { describeReason, escapeControls } from '../../message/index.ts'
import {
  AWS_JSON,
  buildErrorResponse,
  isTransportFailure,
  parseBody,
  readRecordedBody,
  type RecordedResponse,
  type UnsupportedProtocol,
  translateError,
  type TransportFailure,
  type WireRequest,
  type WireResponse,
} from '../../protocol/index.ts'
import { echoResponse } from './echo.ts'
import type { MetFault } from './fault.ts'
import { readExchange } from './library.ts'
import { MISS_NAME } from './miss.ts'
import type { Entry, PreparedResponse } from './sessions.ts'

/** A value that is there at once, unless something has to be waited for. */
export type MaybeLater<Value> = Value | Promise<Value>

/** Time as the replayer sees it; `sleep` takes milliseconds. */
export interface ReplayClock {
  now(): number
  sleep(ms: number): Promise<void>
}

export const SYSTEM_CLOCK: ReplayClock = {
  now: () => Date.now(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
}

/** The settings of how recorded responses are served. */
export interface ServingSettings {
  /** The factor on the recorded time; 0 is none. */
  latencyScale: number
  isEchoing: boolean
  clock: ReplayClock
}

/** The request that gets a recorded response. */
interface Served {
  request: WireRequest
  operation: string
  /** How often the entry was played, this time included. */
  times: number
  fault: MetFault | undefined
}

/** Creates the function that serves recorded responses: dated now, echoing the request, changed by a fault, and as late as the settings say. */
export function createServing(
  settings: ServingSettings,
): (entry: Entry, served: Served) => MaybeLater<WireResponse | TransportFailure> {
  const prepare = createResponseCache()
  const prepareEcho = (entry: Entry, { request, times }: Served) => {
    const recorded = readExchange(entry)
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
    const recordedMs = settings.latencyScale === 0 ? 0 : (readExchange(entry).elapsedMs ?? 0)
    const ms = recordedMs * settings.latencyScale + (fault?.delayMs ?? 0)
    return ms > 0 ? settings.clock.sleep(ms).then(response).catch(refuseFailure) : response()
  }
}

/** The headers that a served response takes from the recording; all others are made for it now. */
const SERVED_HEADERS = ['x-amzn-errortype', 'retry-after', 'x-amz-retry-after']

/** Brings a recorded response to the form in which it is served, with the body and status as recorded. */
function prepareResponse(response: RecordedResponse): PreparedResponse {
  const recorded = readRecordedBody(response)
  const body = typeof recorded === 'string' ? Buffer.from(recorded) : recorded
  const headers: Record<string, string> = {
    'content-type': response.headers['content-type'] ?? AWS_JSON,
    'content-length': String(body.length),
  }
  for (const name of SERVED_HEADERS) {
    const value = response.headers[name]
    if (value !== undefined) headers[name] = value
  }
  return { status: response.status, headers, body }
}

/** Adds the headers that are made now. The bytes of the body are shared: they must not be changed. */
function dateResponse({ status, headers, body }: PreparedResponse, now: number): WireResponse {
  return {
    status,
    headers: { ...headers, date: formatDate(now), 'x-amzn-requestid': crypto.randomUUID() },
    body,
  }
}

let second = Number.NaN
let date = ''

/** The text is made once a second, because it costs more than the rest of a response. */
function formatDate(now: number): string {
  const current = Math.floor(now / 1000)
  if (current !== second) {
    second = current
    date = new Date(now).toUTCString()
  }
  return date
}

/** Creates the function that prepares the response of an entry and keeps it, within a bound of bytes; beyond it, all that was kept is dropped. */
function createResponseCache(): (entry: Entry) => PreparedResponse | TransportFailure {
  let kept: Entry[] = []
  let bytes = 0
  return (entry) => {
    if (entry.prepared) return entry.prepared
    const { response } = readExchange(entry)
    if (isTransportFailure(response)) return response
    const made = prepareResponse(response)
    bytes += made.body.length + ENTRY_BYTES
    if (bytes > MOST_BYTES) {
      for (const one of kept) one.prepared = undefined
      kept = []
      bytes = made.body.length + ENTRY_BYTES
    }
    kept.push(entry)
    entry.prepared = made
    return made
  }
}

const MOST_BYTES = 64 * 1024 * 1024
const ENTRY_BYTES = 500

/** Builds the response to a request for which the harness itself failed. It has the true time, because the clock may be what fails. */
export function refuseFailure(error: unknown): WireResponse {
  return refuse(
    400,
    'HarnessFailure',
    `starttask-harness failed to respond: ${describeReason(error)}`,
  )
}

/** Builds a refusal in AWS JSON. No client retries HTTP 400; an SDK would send the request of a 500 again. */
export function refuse(
  status: number,
  name: string,
  message: string,
  now: number = Date.now(),
): WireResponse {
  return buildErrorResponse(
    status,
    { name, message: escapeControls(message) },
    { now, requestId: crypto.randomUUID() },
  )
}

/** Builds the response to a request that no recording matched, in AWS JSON or in the unsupported protocol of the client. */
export function refuseMiss(
  message: string,
  now: number,
  protocol?: UnsupportedProtocol,
): WireResponse {
  const response = refuse(400, MISS_NAME, message, now)
  return protocol ? translateError(response, protocol) : response
}
