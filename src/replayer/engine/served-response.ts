import {
  AWS_JSON,
  isTransportFailure,
  type RecordedResponse,
  type TransportFailure,
  type WireResponse,
} from '../../protocol/index.ts'

/** Headers that a served response takes from the recording; all others are made for it now. */
const SERVED_HEADERS = ['x-amzn-errortype', 'retry-after', 'x-amz-retry-after']

/** What of a recorded response is the same whenever it is served. */
export interface PreparedResponse {
  status: number
  headers: Record<string, string>
  body: Uint8Array
}

/** Brings a recorded response to the form in which it is served: its body and status as recorded. */
export function prepareResponse(response: RecordedResponse): PreparedResponse {
  const body =
    response.bodyBase64 === undefined
      ? Buffer.from(readBodyText(response))
      : Buffer.from(response.bodyBase64, 'base64')
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

function readBodyText(response: RecordedResponse): string {
  if (response.bodyText !== undefined) return response.bodyText
  return response.body === null || response.body === undefined ? '' : JSON.stringify(response.body)
}

/** A prepared response with the headers that are made now. Its body's bytes are shared: they must not be changed. */
export function dateResponse(
  { status, headers, body }: PreparedResponse,
  now: number,
): WireResponse {
  return {
    status,
    headers: { ...headers, date: formatDate(now), 'x-amzn-requestid': crypto.randomUUID() },
    body,
  }
}

let second = Number.NaN
let date = ''

/** Made once a second, since it costs more than the rest of a response. */
function formatDate(now: number): string {
  const current = Math.floor(now / 1000)
  if (current !== second) {
    second = current
    date = new Date(now).toUTCString()
  }
  return date
}

/** Whatever has a response that can be kept with it. */
interface Prepared {
  prepared: PreparedResponse | undefined
}

/** Keeps what was prepared within a bound of bytes; beyond it, it begins anew. */
export function createResponseCache<Of extends Prepared>(
  read: (of: Of) => RecordedResponse | TransportFailure,
): (of: Of) => PreparedResponse | TransportFailure {
  let kept: Of[] = []
  let bytes = 0
  return (of) => {
    if (of.prepared) return of.prepared
    const response = read(of)
    if (isTransportFailure(response)) return response
    const made = prepareResponse(response)
    bytes += made.body.length + ENTRY_BYTES
    if (bytes > MOST_BYTES) {
      for (const one of kept) one.prepared = undefined
      kept = []
      bytes = made.body.length + ENTRY_BYTES
    }
    kept.push(of)
    of.prepared = made
    return made
  }
}

const MOST_BYTES = 64 * 1024 * 1024
const ENTRY_BYTES = 500
