import { isObject } from './json.ts'

/** How an AWS JSON error names itself. */
export interface ErrorIdentity {
  name: string
  message: string
}

/**
 * Reads name and message of an AWS JSON error, as the JavaScript SDK does: body `__type`, then body `code`, then the header
 * `x-amzn-errortype`; a namespace before `#` and a URI after `:` are cut off. `undefined` when none of the three is there.
 */
export function readErrorIdentity(headers: Record<string, string>, body: unknown): ErrorIdentity | undefined {
  const members = isObject(body) ? body : {}
  const raw = [members['__type'], members['code'], headers['x-amzn-errortype']].find((value) => typeof value === 'string' && value !== '')
  if (typeof raw !== 'string') return undefined
  const message = members['message'] ?? members['Message']
  return { name: cleanErrorName(raw), message: typeof message === 'string' ? message : '' }
}

function cleanErrorName(raw: string): string {
  const beforeUri = raw.split(':')[0] ?? raw
  return (beforeUri.split('#').at(-1) ?? beforeUri).split(',')[0] ?? beforeUri
}

/** The body of an AWS JSON error in the one form that every client tried reads: bare `__type`, lower-case `message`. */
export function formatErrorBody(error: ErrorIdentity): string {
  return JSON.stringify({ __type: error.name, message: error.message })
}
