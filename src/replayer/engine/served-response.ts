import {
  AWS_JSON,
  isTransportFailure,
  type RecordedAnswer,
  type TransportFailure,
  type WireResponse,
} from '../../protocol/index.ts'

/** Headers that a served answer takes from the recording; all others are made for it now. */
const SERVED_HEADERS = ['x-amzn-errortype', 'retry-after', 'x-amz-retry-after']

/** What of a recorded answer is the same whenever it is served. */
export interface PreparedAnswer {
  status: number
  headers: Record<string, string>
  body: Uint8Array
}

/** Brings a recorded answer to the form in which it is served: its body and status as recorded. */
export function prepareAnswer(answer: RecordedAnswer): PreparedAnswer {
  const body =
    answer.bodyBase64 === undefined
      ? Buffer.from(readBodyText(answer))
      : Buffer.from(answer.bodyBase64, 'base64')
  const headers: Record<string, string> = {
    'content-type': answer.headers['content-type'] ?? AWS_JSON,
    'content-length': String(body.length),
  }
  for (const name of SERVED_HEADERS) {
    const value = answer.headers[name]
    if (value !== undefined) headers[name] = value
  }
  return { status: answer.status, headers, body }
}

function readBodyText(answer: RecordedAnswer): string {
  if (answer.bodyText !== undefined) return answer.bodyText
  return answer.body === null || answer.body === undefined ? '' : JSON.stringify(answer.body)
}

/** A prepared answer with the headers that are made now. Its body's bytes are shared: they must not be changed. */
export function dateAnswer({ status, headers, body }: PreparedAnswer, now: number): WireResponse {
  return {
    status,
    headers: { ...headers, date: formatDate(now), 'x-amzn-requestid': crypto.randomUUID() },
    body,
  }
}

let second = Number.NaN
let date = ''

/** Made once a second, since it costs more than the rest of an answer. */
function formatDate(now: number): string {
  const current = Math.floor(now / 1000)
  if (current !== second) {
    second = current
    date = new Date(now).toUTCString()
  }
  return date
}

/** Whatever has an answer that can be kept with it. */
interface Prepared {
  prepared: PreparedAnswer | undefined
}

/** Keeps what was prepared within a bound of bytes; beyond it, it begins anew. */
export function createAnswerCache<Of extends Prepared>(
  read: (of: Of) => RecordedAnswer | TransportFailure,
): (of: Of) => PreparedAnswer | TransportFailure {
  let kept: Of[] = []
  let bytes = 0
  return (of) => {
    if (of.prepared) return of.prepared
    const answer = read(of)
    if (isTransportFailure(answer)) return answer
    const made = prepareAnswer(answer)
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
