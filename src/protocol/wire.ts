import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'

import { hasRepeatedMembers, MAX_BODY_BYTES, parseBody } from './json.ts'
import type { RecordedRequest, RecordedResponse, TransportFailure } from './recording.ts'

/** A request on the wire: header names lower-case, body as bytes or text. */
export interface WireRequest {
  method: string
  url: string
  headers: Record<string, string>
  body: string | Uint8Array
}

/** A response on the wire: header names lower-case, body as bytes or text. */
export interface WireResponse {
  status: number
  headers: Record<string, string>
  body: string | Uint8Array
}

/** Reports whether the result of a request is a transport failure. */
export function isTransportFailure(
  response: { status: number } | TransportFailure,
): response is TransportFailure {
  return 'failure' in response
}

/** The error codes of Node.js clients by the failure that they stand for; the first of each is the one that a client gets. */
const TRANSPORT_CODES: Readonly<Record<TransportFailure['failure'], readonly string[]>> = {
  refused: ['ECONNREFUSED'],
  reset: ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'],
  timeout: [
    'ETIMEDOUT',
    'UND_ERR_CONNECT_TIMEOUT',
    'UND_ERR_HEADERS_TIMEOUT',
    'UND_ERR_BODY_TIMEOUT',
  ],
  truncated: ['ECONNRESET'],
  other: [],
}

/** Returns the code with which a Node.js client fails; `undefined` for `other`, which names no cause. */
export function readDefaultCode(failure: TransportFailure['failure']): string | undefined {
  return TRANSPORT_CODES[failure][0]
}

/** Returns the transport failure that a Node.js client error stands for, by its `code`. */
export function readTransportFailure(error: unknown): TransportFailure {
  const code = findErrorCode(error)
  return code === undefined ? { failure: 'other' } : { failure: findFailure(code), code }
}

/** Never `truncated`: the code does not tell it from `reset`; only a reader of the body can. */
function findFailure(code: string): TransportFailure['failure'] {
  const failures = ['refused', 'reset', 'timeout'] as const
  return failures.find((failure) => TRANSPORT_CODES[failure].includes(code)) ?? 'other'
}

/** Searches the error, then its causes and grouped errors: fetch wraps the error of the socket, and Happy Eyeballs groups them. */
function findErrorCode(error: unknown, depth = 0): string | undefined {
  if (!(error instanceof Error) || depth > 5) return undefined
  if ('code' in error && typeof error.code === 'string') return error.code
  const inner = error instanceof AggregateError ? error.errors[0] : error.cause
  return findErrorCode(inner, depth + 1)
}

/** The media type of AWS JSON 1.1 bodies. */
export const AWS_JSON = 'application/x-amz-json-1.1'

/** The two halves of an `X-Amz-Target` header. */
export interface Target {
  service: string
  operation: string
}

/** Reads `Service.Operation`; `undefined` when the header is absent or has another form. */
export function parseTarget(header: string | undefined): Target | undefined {
  const match = /^([A-Za-z0-9_]{1,128})\.([A-Za-z0-9_]{1,128})$/.exec(header ?? '')
  const [, service, operation] = match ?? []
  return service === undefined || operation === undefined ? undefined : { service, operation }
}

/** Reports whether a `Content-Type` is AWS JSON, with or without parameters such as `; charset=utf-8`. */
export function isAwsJson(contentType: string | undefined): boolean {
  return /^application\/x-amz-json-1\.[01]\s*(;|$)/i.test(contentType ?? '')
}

/** Returns headers with lower-case names, and with values joined as HTTP joins them. Accepts fetch's `Headers`, a record, or Node's incoming headers. */
export function normaliseHeaders(
  headers: Headers | Record<string, string | string[] | undefined>,
): Record<string, string> {
  const entries: [string, string][] = []
  const pairs = headers instanceof Headers ? [...headers] : Object.entries(headers)
  for (const [name, value] of pairs) {
    if (value !== undefined)
      entries.push([name.toLowerCase(), Array.isArray(value) ? value.join(', ') : value])
  }
  return Object.fromEntries(entries)
}

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
