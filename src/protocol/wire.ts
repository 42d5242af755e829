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

/** The result of a request that got no complete response. `code` is the error code of the client, for example `ECONNRESET`. */
export interface TransportFailure {
  failure: 'refused' | 'reset' | 'timeout' | 'truncated' | 'other'
  code?: string
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
