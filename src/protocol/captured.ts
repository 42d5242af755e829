import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'

import { hasRepeatedMembers, MAX_BODY_BYTES, parseBody } from './json.ts'
import { type RecordedResponse, type RecordedRequest } from './exchange.ts'
import { type TransportFailure } from './wire.ts'

/** A request as a recorder caught it, secrets and all: it lives in memory until redaction. */
export interface CapturedRequest {
  headers: Record<string, string>
  body: Uint8Array
}

/** A response as a recorder caught it. */
export interface CapturedResponse {
  status: number
  headers: Record<string, string>
  body: Uint8Array
}

/** Parses the body; what is no JSON, or says more than its parsed form, is kept as text, and what is no text as its bytes. */
export function readCapturedRequest({ headers, body }: CapturedRequest): RecordedRequest {
  return { headers, ...readBody(unpack(body, headers['content-encoding'])) }
}

/** As {@link readCapturedRequest}. A status that is none of HTTP's would make the recording unreadable: it is a failure. */
export function readCapturedResponse({
  status,
  headers,
  body,
}: CapturedResponse): RecordedResponse | TransportFailure {
  if (status < 200 || status > 599) return { failure: 'other', code: `HTTP_STATUS_${status}` }
  return { status, headers, ...readBody(unpack(body, headers['content-encoding'])) }
}

function readBody(bytes: Uint8Array): { body: unknown; bodyText?: string; bodyBase64?: string } {
  if (bytes.length > MAX_BODY_BYTES)
    return {
      body: null,
      bodyText: `(${bytes.length} bytes, more than a recording keeps: not kept)`,
    }
  const text = decodeText(bytes)
  if (text === undefined) return { body: null, bodyBase64: Buffer.from(bytes).toString('base64') }
  try {
    const body = parseBody(text)
    if (body === undefined) return text === '' ? { body: null } : { body: null, bodyText: text }
    return hasRepeatedMembers(text, body) ? { body, bodyText: text } : { body }
  } catch {
    return { body: null, bodyText: text }
  }
}

const UTF_8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Kept whole, a byte order mark too; `undefined` when it is no text. */
function decodeText(bytes: Uint8Array): string | undefined {
  try {
    return UTF_8.decode(bytes)
  } catch {
    return undefined
  }
}

/** A recording holds what was said, not how it was packed; what cannot be unpacked is kept as it came, as fetch gives it unpacked. */
function unpack(bytes: Uint8Array, encoding: string | undefined): Uint8Array {
  if (encoding === undefined || bytes.length === 0) return bytes
  const layers = encoding.split(',').map((layer) => layer.trim().toLowerCase())
  return layers.reduceRight(unpackLayer, bytes)
}

function unpackLayer(bytes: Uint8Array, encoding: string): Uint8Array {
  const limits = { maxOutputLength: MAX_BODY_BYTES }
  try {
    switch (encoding) {
      case 'gzip':
      case 'x-gzip':
        return gunzipSync(bytes, limits)
      case 'deflate':
        return inflateSync(bytes, limits)
      case 'br':
        return brotliDecompressSync(bytes, limits)
    }
    return bytes
  } catch {
    return bytes
  }
}
