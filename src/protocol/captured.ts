import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'

import { hasRepeatedMembers, MAX_BODY_BYTES, parseBody } from './json.ts'
import { type RecordedResponse, type RecordedRequest } from './recording.ts'
import { type TransportFailure } from './wire.ts'

/** A request as a recorder captured it, with its secrets. It is only in memory, until it is redacted. */
export interface CapturedRequest {
  headers: Record<string, string>
  body: Uint8Array
}

/** A response as a recorder captured it. */
export interface CapturedResponse {
  status: number
  headers: Record<string, string>
  body: Uint8Array
}

/** Parses the body of a captured request. A body that is not JSON, or not equivalent to its parsed form, is kept as text; bytes that are not text are kept as bytes. */
export function readCapturedRequest({ headers, body }: CapturedRequest): RecordedRequest {
  return { headers, ...readBody(unpack(body, headers['content-encoding'])) }
}

/** Parses the body of a captured response, like {@link readCapturedRequest}. A status outside of 200 to 599 becomes a failure, because a recording cannot contain it. */
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

/** Decodes UTF-8, keeping a byte order mark; returns `undefined` for bytes that are not text. */
function decodeText(bytes: Uint8Array): string | undefined {
  try {
    return UTF_8.decode(bytes)
  } catch {
    return undefined
  }
}

/** Decompresses a body. Bytes that cannot be decompressed are kept, because fetch has decompressed them already. */
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
