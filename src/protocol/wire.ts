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

/** The transport failure that a Node.js client error stands for, by its `code`. */
export function readTransportFailure(error: unknown): TransportFailure {
  const code = findErrorCode(error)
  if (code === undefined) return { failure: 'other' }
  return { failure: FAILURES.get(code) ?? 'other', code }
}

const FAILURES: ReadonlyMap<string, TransportFailure['failure']> = new Map([
  ['ECONNREFUSED', 'refused'],
  ['ECONNRESET', 'reset'],
  ['EPIPE', 'reset'],
  ['UND_ERR_SOCKET', 'reset'],
  ['ETIMEDOUT', 'timeout'],
  ['UND_ERR_CONNECT_TIMEOUT', 'timeout'],
  ['UND_ERR_HEADERS_TIMEOUT', 'timeout'],
  ['UND_ERR_BODY_TIMEOUT', 'timeout'],
])

/** Looks at the error and then at its causes and grouped errors: fetch wraps the socket's error, happy eyeballs groups them. */
function findErrorCode(error: unknown, depth = 0): string | undefined {
  if (!(error instanceof Error) || depth > 5) return undefined
  if ('code' in error && typeof error.code === 'string') return error.code
  const inner = error instanceof AggregateError ? error.errors[0] : error.cause
  return findErrorCode(inner, depth + 1)
}
