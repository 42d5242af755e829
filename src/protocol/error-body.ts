import { isObject, type JsonObject } from './json.ts'

/** How an AWS JSON error names itself. */
export interface ErrorIdentity {
  name: string
  /** Empty when the error has no message, where the JavaScript SDK says `UnknownError`. */
  message: string
}

/**
 * Reads name and message of an AWS JSON error, as the JavaScript SDK v3 does.
 *
 * The first of body `__type`, body `code` and header `x-amzn-errortype` that is there decides alone, even when it names nothing; `code` and
 * the header are found in any case. What follows its first `,` and then its first `:` (a URI) is cut off; where a `#` is left (after a
 * namespace), the name is what stands between it and the next. A number names itself. The message is `message`, else `Message`.
 *
 * `undefined` when nothing names an error: the SDK then says `Unknown` or an empty name, or fails with a `TypeError` where null, a boolean, an
 * object or an integer beyond 2^53 stands for the name. By accident the SDK goes further in two places: it takes a list for a name, and hands
 * on a `message` that is no text (here it is empty).
 *
 * botocore reads less: the member `__type` alone, without which it names the error by its HTTP status. It does not cut at `,`, takes what
 * follows the last `#`, and lets a `message` of null or empty text hide `Message`.
 */
export function readErrorIdentity(
  headers: Record<string, string>,
  body: unknown,
): ErrorIdentity | undefined {
  const members = isObject(body) ? body : {}
  const name = cleanErrorName(findErrorName(headers, members))
  return name === '' ? undefined : { name, message: readMessage(members) }
}

/** What stands where the error's name should, `undefined` when nothing does. */
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

/** `||`, since the SDK passes over an empty `message` as it does over null. */
function readMessage(members: JsonObject): string {
  const message = members['message'] || members['Message']
  return typeof message === 'string' ? message : ''
}

/** The body of an AWS JSON error in the one form that every client tried reads: bare `__type`, lower-case `message`. */
export function formatErrorBody(error: ErrorIdentity): string {
  return JSON.stringify({ __type: error.name, message: error.message })
}
