import { isObject, type JsonObject } from './json.ts'
import { AWS_JSON, type WireResponse } from './wire.ts'

/** The name and the message of an AWS JSON error. */
export interface ErrorIdentity {
  name: string
  /** Empty when the error has no message; the JavaScript SDK then uses `UnknownError`. */
  message: string
}

/**
 * Reads name and message of an AWS JSON error, as the JavaScript SDK v3 does.
 *
 * The first of body `__type`, body `code` and header `x-amzn-errortype` that exists decides, even when it has no usable name; `code` and the
 * header are found in any letter case. The text is cut at its first `,` and then at its first `:` (a URI follows). If a `#` is left (after a
 * namespace), the name is the text between it and the next `#`. A number is its own name. The message is `message`, else `Message`.
 *
 * Without a name the result is `undefined`. The SDK then uses `Unknown` or an empty name, or fails with a `TypeError` if the name is null, a
 * boolean, an object or an integer beyond 2^53. The SDK differs by accident in two places: it accepts a list as a name, and it passes on a
 * `message` that is not text (here it is empty).
 *
 * botocore reads only the member `__type`; without it, the HTTP status becomes the name. It does not cut at `,`, uses the text after the last
 * `#`, and prefers a `message` of null or empty text to `Message`.
 */
export function readErrorIdentity(
  headers: Record<string, string>,
  body: unknown,
): ErrorIdentity | undefined {
  const members = isObject(body) ? body : {}
  const name = cleanErrorName(findErrorName(headers, members))
  return name === '' ? undefined : { name, message: readMessage(members) }
}

/** Returns the first value that should be the error's name. */
function findErrorName(headers: Record<string, string>, members: JsonObject): unknown {
  const places = [
    members['__type'],
    findInAnyCase(members, 'code'),
    findInAnyCase(headers, 'x-amzn-errortype'),
  ]
  return places.find((place) => place !== undefined)
}

function findInAnyCase(members: JsonObject, name: string): unknown {
  const key = Object.keys(members).find((candidate) => candidate.toLowerCase() === name)
  return key === undefined ? undefined : members[key]
}

function cleanErrorName(raw: unknown): string {
  const isExact = typeof raw === 'number' && Math.abs(raw) <= Number.MAX_SAFE_INTEGER
  const text = isExact ? String(raw) : typeof raw === 'string' ? raw : ''
  const [beforeList = ''] = text.split(',', 1)
  const [beforeUri = ''] = beforeList.split(':', 1)
  return beforeUri.includes('#') ? (beforeUri.split('#', 2)[1] ?? '') : beforeUri
}

/** Uses `||`, because the SDK skips an empty `message` as it skips null. */
function readMessage(members: JsonObject): string {
  const message = members['message'] || members['Message']
  return typeof message === 'string' ? message : ''
}

/** Formats the body of an AWS JSON error in the form that every tested client reads: `__type` without a namespace, lower-case `message`. */
export function formatErrorBody(error: ErrorIdentity): string {
  return JSON.stringify({ __type: error.name, message: error.message })
}

/**
 * Builds a response with new headers. `Date`, `Content-Length` and the request id of a recording are never served: an old `Date` makes SDK v3
 * retry every error and sign its next requests with the recorded time.
 */
export function buildResponse(
  status: number,
  body: string,
  making: { now: number; requestId: string; contentType?: string },
): WireResponse {
  return {
    status,
    headers: {
      'content-type': making.contentType ?? AWS_JSON,
      'content-length': String(Buffer.byteLength(body)),
      date: new Date(making.now).toUTCString(),
      'x-amzn-requestid': making.requestId,
    },
    body,
  }
}

/** Builds an AWS JSON error response. */
export function buildErrorResponse(
  status: number,
  error: ErrorIdentity,
  making: { now: number; requestId: string },
): WireResponse {
  return buildResponse(status, formatErrorBody(error), making)
}
