/** The `format` of every recording. */
export const RECORDING_FORMAT = 'starttask-recording'
/** The format version that this package reads and writes. */
export const RECORDING_VERSION = 1

/** Exchanges in order, with their provenance. */
export interface Recording {
  format: typeof RECORDING_FORMAT
  version: typeof RECORDING_VERSION
  /** The start of the recording, UTC in ISO 8601. */
  recordedAt: string
  provenance: Record<string, unknown>
  /** Task state changes that were recorded in addition to the exchanges. A replayer ignores them. */
  taskStateChanges?: TaskStateChange[]
  exchanges: Exchange[]
}

/** An ECS Task State Change event of EventBridge, with the task as it is in responses: times in seconds since 1970. */
export interface TaskStateChange {
  /** Milliseconds since the recording began. */
  atMs: number
  task: Record<string, unknown>
}

/**
 * A response as recorded. `body` is the parsed JSON; it is null if the bytes were not JSON. `bodyText` or `bodyBase64` has the exact bytes, if
 * `body` is not equivalent to them.
 */
export interface RecordedResponse {
  status: number
  headers: Record<string, string>
  body: unknown
  /** The body as text, if it was text but not JSON (an HTML error page, a truncated body), or JSON with a repeated member. */
  bodyText?: string
  /** The exact bytes in base64, if they were not text. */
  bodyBase64?: string
}

/** The result of a request that got no complete response. `code` is the error code of the client, for example `ECONNRESET`. */
export interface TransportFailure {
  failure: 'refused' | 'reset' | 'timeout' | 'truncated' | 'other'
  code?: string
}

/** A request as recorded; its body as in {@link RecordedResponse}. */
export interface RecordedRequest {
  headers: Record<string, string>
  body: unknown
  bodyText?: string
  bodyBase64?: string
}

/** The members of a recorded request or response that hold its body. */
export interface RecordedBody {
  body?: unknown
  bodyText?: string | undefined
  bodyBase64?: string | undefined
}

/** Returns a recorded body as it was on the wire: the bytes if they were not text, otherwise the text. */
export function readRecordedBody(recorded: RecordedBody): string | Uint8Array {
  return recorded.bodyBase64 === undefined
    ? formatRecordedText(recorded)
    : Buffer.from(recorded.bodyBase64, 'base64')
}

/** Returns the text of a recorded body whose bytes were text; an absent body is empty text. */
export function formatRecordedText({ body, bodyText }: RecordedBody): string {
  return bodyText ?? (body === null || body === undefined ? '' : JSON.stringify(body))
}

/** One attempt as recorded: one request and its response or failure. Attempts of one invocation share `invocation`. */
export interface Exchange {
  operation: string
  invocation?: string
  /** 1 for the first attempt of its invocation. */
  attempt?: number
  /** Milliseconds since the recording began. */
  startedAtMs: number
  /** Milliseconds from the start of the request until the headers of the response arrived. */
  headersMs?: number
  /** Milliseconds from the start of the request until the response was complete, or until it failed. */
  elapsedMs?: number
  request: RecordedRequest
  response: RecordedResponse | TransportFailure
}
