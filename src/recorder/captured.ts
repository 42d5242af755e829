import { MAX_BODY_BYTES, parseBody, type RecordedAnswer, type RecordedRequest, type TransportFailure } from '../protocol/index.ts'

/** A request as a recorder caught it, secrets and all: it lives in memory until redaction. */
export interface CapturedRequest {
  headers: Record<string, string>
  body: Uint8Array
}

/** An answer as a recorder caught it. */
export interface CapturedAnswer {
  status: number
  headers: Record<string, string>
  body: Uint8Array
}

/** Parses the body; what is no JSON is kept as text. */
export function readCapturedRequest(request: CapturedRequest): RecordedRequest {
  return { headers: request.headers, ...readBody(request.body) }
}

/** As {@link readCapturedRequest}. A status that is none of HTTP's would make the recording unreadable: it is a failure. */
export function readCapturedAnswer({ status, headers, body }: CapturedAnswer): RecordedAnswer | TransportFailure {
  if (status < 200 || status > 599) return { failure: 'other', code: `HTTP_STATUS_${status}` }
  return { status, headers, ...readBody(body) }
}

function readBody(bytes: Uint8Array): { body: unknown; bodyText?: string } {
  if (bytes.length > MAX_BODY_BYTES) return { body: null, bodyText: `(${bytes.length} bytes, more than a recording keeps: not kept)` }
  try {
    const body = parseBody(bytes)
    return body === undefined ? { body: null } : { body }
  } catch {
    return { body: null, bodyText: decodeText(bytes) }
  }
}

function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return `(${bytes.length} bytes that are no text: not kept)`
  }
}
