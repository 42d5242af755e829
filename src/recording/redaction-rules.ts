import { type Exchange } from '../protocol/index.ts'
import { type RedactedExchange, redactExchange, redactRequestBody } from './redaction.ts'

/** What redaction is told besides its own rules. */
export interface RedactionOptions {
  /** What stand-ins are made with; without it they are equal everywhere, and so can be guessed back. */
  key?: Uint8Array
  /** Places of a body whose value stays, as pointers in which `*` stands for any one index or member. */
  keep?: readonly string[]
  /** Places of a body whose value goes besides. */
  redact?: readonly string[]
}

/** Redaction under one set of rules. */
export interface Redaction {
  /** Tells this set of rules from another; the key is no part of it. */
  readonly rulesHash: string
  redactExchange(exchange: Exchange): RedactedExchange
  /** Redacts a request's body alone, by the rules that recorded ones went through. */
  redactRequestBody(headers: Record<string, string>, body: unknown): unknown
}

export function createRedaction(_options: RedactionOptions = {}): Redaction {
  return { rulesHash: 'unversioned', redactExchange, redactRequestBody }
}
