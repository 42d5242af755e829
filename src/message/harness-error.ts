import { type Details, formatMessage } from './layout.ts'

/**
 * The kind of a {@link HarnessError}: something that the caller can fix now.
 *
 * - `usage`: an argument or option that is unknown or has a wrong value
 * - `recording-invalid`: a file that is not a recording, or that breaks the format
 * - `recording-version`: a recording of a format version that this package does not read
 * - `too-large`, `too-deep`: input that is refused before it is read
 * - `not-json`: text that is not JSON
 * - `not-found`: a path that does not exist
 * - `write-failed`: a file that could not be written
 * - `secret-found`: the text to be written still contains something like a secret
 * - `lock-held`: another process is writing the same recordings
 * - `credentials-missing`: no credentials were found to sign a request to AWS
 * - `port-in-use`, `listen-failed`: the HTTP listener could not start
 * - `upstream-required`, `upstream-unreachable`: a live mode without its service
 * - `unused`: recorded exchanges that no request matched
 * - `already-active`: a recorder started twice in one process
 * - `broker-refused`: a Pact Broker rejected what was published
 * - `interaction-failed`: the client did not send the request of a consumer contract's interaction, or its test failed
 * - `interaction-conflict`: two interactions of one pact with the same description and states, but different content
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

/** The parts of a {@link HarnessError} in addition to its code and its first sentence. */
export interface HarnessErrorParts extends ErrorOptions {
  /** Facts with a label each: `['place', 'recordings/web.json']`. */
  details?: Details
  /** An imperative sentence, or a command that runs when pasted. */
  remedy?: string | undefined
}

/**
 * The error class of this package. Recognize it by `name` and `code` rather than `instanceof`, because two copies of the package may be loaded.
 *
 * `message` holds everything that a person needs, in the layout of {@link formatMessage}: what happened, the details, the remedy. Programs
 * read `summary`, `details` and `remedy`.
 */
export class HarnessError extends Error {
  override readonly name = 'HarnessError'
  readonly code: HarnessErrorCode
  /** What happened, in one sentence. */
  readonly summary: string
  readonly details: Details
  readonly remedy: string | undefined

  constructor(code: HarnessErrorCode, summary: string, parts: HarnessErrorParts = {}) {
    const { details = [], remedy, ...options } = parts
    super(formatMessage({ summary, details, remedy }), options)
    this.code = code
    this.summary = summary
    this.details = details
    this.remedy = remedy
  }
}

/** Reports whether `error` is a HarnessError of any loaded copy of this package, optionally of one code. */
export function isHarnessError(error: unknown, code?: HarnessErrorCode): error is HarnessError {
  return (
    error instanceof Error &&
    error.name === 'HarnessError' &&
    'code' in error &&
    (code === undefined || error.code === code)
  )
}
