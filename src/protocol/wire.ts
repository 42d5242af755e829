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

/** What came back when no response did. `code` is the system's name for it, `ECONNRESET` for example. */
export interface TransportFailure {
  failure: 'refused' | 'reset' | 'timeout' | 'truncated' | 'other'
  code?: string
}

/** Whether a response is a transport failure rather than a response. */
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

/** Looks at the error and then at its causes and grouped errors: fetch wraps the socket's error, happy eyeballs groups them. */
function findErrorCode(error: unknown, depth = 0): string | undefined {
  if (!(error instanceof Error) || depth > 5) return undefined
  if ('code' in error && typeof error.code === 'string') return error.code
  const inner = error instanceof AggregateError ? error.errors[0] : error.cause
  return findErrorCode(inner, depth + 1)
}
