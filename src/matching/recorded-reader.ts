import { type Exchange, hashText } from '../protocol/index.ts'
import { redactRecordedBody, type Redaction } from '../redaction/index.ts'
import { VERSION } from '../package/index.ts'
import { createIdentify, type Identity, IDENTITY_VERSION, type MatchRules } from './identity.ts'

/** How recordings are read. */
export interface ReadingSettings {
  match: MatchRules
  redaction: Redaction
  attempts: 'recorded' | 'collapsed'
}

/** What of an exchange is known without reading it. */
export interface Outline {
  operation: string
  /** Attempts of one invocation share it. */
  invocation: string | undefined
  /** Equal for equal requests. */
  digest: string
}

/** Reads recorded requests as requests are read that are sent. */
export interface RecordedReader {
  identify(exchange: Exchange, redactedBy: unknown): Identity
  /** Tells these rules from others: what is derived under them can be kept beside it. */
  readonly rules: string
  /** As `rules`, for keys that stand in files: the same for each version of this package that makes the same keys. */
  readonly keys: string
}

export function createRecordedReader({ match, redaction }: ReadingSettings): RecordedReader {
  const identify = createIdentify(match)
  return {
    identify({ operation, request }, redactedBy) {
      if (request.body === null && (request.bodyText ?? request.bodyBase64) !== undefined)
        return {
          operation,
          key: `${operation} unreadable`,
          shape: request.bodyText ?? request.bodyBase64,
        } // no readable request has this key
      const isClean = redactedBy === redaction.rulesHash // redacting again would change nothing
      return identify(
        operation,
        isClean ? request.body : redactRecordedBody(request.body, redaction),
      )
    },
    get rules() {
      return JSON.stringify([VERSION, redaction.rulesHash, match])
    },
    get keys() {
      return hashText(JSON.stringify([IDENTITY_VERSION, redaction.rulesHash, match]))
    },
  }
}

/** The outline of a recorded exchange, as `reader` identifies it. */
export function outline(exchange: Exchange, redactedBy: unknown, reader: RecordedReader): Outline {
  return {
    operation: exchange.operation,
    invocation: exchange.invocation,
    digest: hashText(reader.identify(exchange, redactedBy).key),
  }
}
