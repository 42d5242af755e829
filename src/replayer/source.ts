import { createIdentify, type Identity, type MatchRules } from '../matching/index.ts'
import type { Exchange } from '../protocol/index.ts'
import { hashText, openIndexedRecording, redactRecordedBody, type Recording, type Redaction } from '../recording/index.ts'
import { VERSION } from '../version.ts'

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

/** The exchanges of one recording, wherever they are. */
export interface Source {
  name: string
  /** By what rules the recording was redacted, where it says so. */
  redactedBy: unknown
  outlines: readonly Outline[]
  read(index: number): Exchange
  /** All of them, at less cost than one by one. */
  readAll(): Iterable<Exchange>
}

/** Reads recorded requests as requests are read that are sent. */
export interface RecordedReader {
  identify(exchange: Exchange, redactedBy: unknown): Identity
  /** Tells these rules from others: what is derived under them can be kept beside it. */
  readonly rules: string
}

export function createRecordedReader({ match, redaction }: ReadingSettings): RecordedReader {
  const identify = createIdentify(match)
  return {
    identify({ operation, request }, redactedBy) {
      if (request.body === null && (request.bodyText ?? request.bodyBase64) !== undefined)
        return { operation, key: `${operation} unreadable`, shape: request.bodyText ?? request.bodyBase64 } // no readable request has this key
      const isClean = redactedBy === redaction.rulesHash // redacting again would change nothing
      return identify(operation, isClean ? request.body : redactRecordedBody(request.body, redaction))
    },
    get rules() {
      return JSON.stringify([VERSION, redaction.rulesHash, match])
    },
  }
}

/** A recording that is in memory. */
export function createSource(name: string, recording: Recording, reader: RecordedReader): Source {
  const { exchanges, provenance } = recording
  const redactedBy = provenance['redaction']
  return {
    name,
    redactedBy,
    outlines: exchanges.map((exchange) => outline(exchange, redactedBy, reader)),
    read: (index) => requireExchange(exchanges[index], name, index),
    readAll: () => exchanges,
  }
}

/** A recording in a file of its own that is too large to be parsed at each start: an index tells where each exchange lies. */
export function openIndexedSource(path: string, reader: RecordedReader): Source | undefined {
  const indexed = openIndexedRecording(path, reader.rules, (exchange, redactedBy) => outline(exchange, redactedBy, reader))
  return indexed && { name: path, ...indexed }
}

function outline(exchange: Exchange, redactedBy: unknown, reader: RecordedReader): Outline {
  return {
    operation: exchange.operation,
    invocation: exchange.invocation,
    digest: hashText(reader.identify(exchange, redactedBy).key),
  }
}

function requireExchange(exchange: Exchange | undefined, name: string, index: number): Exchange {
  if (!exchange) throw new Error(`${name} has no exchange ${index + 1} any more.`)
  return exchange
}
