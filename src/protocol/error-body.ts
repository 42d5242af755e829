import { isObject } from './json.ts'

/** How an AWS JSON error names itself. */
export interface ErrorIdentity {
  name: string
  message: string
}

/**
 * Reads name and message of an AWS JSON error, as the JavaScript SDK does: body `__type`, then body `code`, then the header
 * `x-amzn-errortype`; a namespace before `#` and a URI after `:` are cut off. `undefined` when none of the three names an error.
 */
export function readErrorIdentity(headers: Record<string, string>, body: unknown): ErrorIdentity | undefined {
  const members = isObject(body) ? body : {}
  const candidates = [members['__type'], members['code'], headers['x-amzn-errortype']]
  const name = candidates.map((raw) => (typeof raw === 'string' ? cleanErrorName(raw) : '')).find((cleaned) => cleaned !== '')
  if (name === undefined) return undefined
  const message = members['message'] ?? members['Message']
  return { name, message: typeof message === 'string' ? message : '' }
}

function cleanErrorName(raw: string): string {
  const beforeUri = raw.split(':')[0] ?? raw
  return (beforeUri.split('#').at(-1) ?? beforeUri).split(',')[0] ?? beforeUri
}

/** The body of an AWS JSON error in the one form that every client tried reads: bare `__type`, lower-case `message`. */
export function formatErrorBody(error: ErrorIdentity): string {
  return JSON.stringify({ __type: error.name, message: error.message })
}
