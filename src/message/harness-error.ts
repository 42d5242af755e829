/**
 * What the caller can fix now. Each code stands for one kind of remedy; the message says fact, place, remedy.
 *
 * - `usage`: an argument or option that is unknown or has a wrong value
 * - `recording-invalid`: a file that is no recording, or one that breaks the format
 * - `recording-version`: a recording of a format version that this package does not read
 * - `too-large`, `too-deep`: input refused before any walk
 * - `not-json`: text that must be JSON and is not
 * - `not-found`: a path that does not exist
 * - `write-failed`: a file that could not be written
 * - `secret-found`: what would have been written still looks like a secret
 * - `lock-held`: another process writes the same recordings and does not end
 * - `credentials-missing`: a request to AWS has nothing to be signed with
 * - `port-in-use`, `listen-failed`: the HTTP listener could not start
 * - `upstream-required`, `upstream-unreachable`: a live mode without its service
 * - `unused`: recorded exchanges that nobody asked for
 * - `already-active`: a recorder started twice in one process
 * - `broker-refused`: a Pact Broker that does not take what is published
 * - `interaction-failed`: the client did not do what a consumer contract's interaction says
 * - `interaction-conflict`: two interactions of one pact with the same description and states, and different content
 * - `node-too-old`: this Node.js is older than the package needs
 */
export type HarnessErrorCode =
  | 'usage'
  | 'recording-invalid'
  | 'recording-version'
  | 'too-large'
  | 'too-deep'
  | 'not-json'
  | 'not-found'
  | 'write-failed'
  | 'secret-found'
  | 'lock-held'
  | 'credentials-missing'
  | 'port-in-use'
  | 'listen-failed'
  | 'upstream-required'
  | 'upstream-unreachable'
  | 'unused'
  | 'already-active'
  | 'broker-refused'
  | 'interaction-failed'
  | 'interaction-conflict'
  | 'node-too-old'

/** The one error class of this package. Tell it by `name` and `code`, not by `instanceof`: two copies may be loaded. */
export class HarnessError extends Error {
  override readonly name = 'HarnessError'
  readonly code: HarnessErrorCode

  constructor(code: HarnessErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.code = code
  }
}

/** Whether `error` is a HarnessError of any loaded copy of this package, optionally of one code. */
export function isHarnessError(error: unknown, code?: HarnessErrorCode): error is HarnessError {
  return (
    error instanceof Error &&
    error.name === 'HarnessError' &&
    'code' in error &&
    (code === undefined || error.code === code)
  )
}
