import type { Segments } from './place.ts'

/** The certainty of a rule: `error` for the API page and the AWS model, `warning` for prose of other pages, `info` for advice and defaults. */
export type Severity = 'error' | 'warning' | 'info'

/** One departure of a checked value from the documented contract. */
export interface Finding {
  /** JSON Pointer (RFC 6901) into the checked value. A missing member has the pointer that it would have if it were present. */
  pointer: string
  /** The stable id of the rule, for example `request.startedBy.maxLength`. Configuration files use it. */
  rule: string
  severity: Severity
  message: string
  /** The document that the rule comes from. */
  source: string
  expected?: unknown
  actual?: unknown
}

/** A finding before its place is formatted as a pointer. */
export type Departure = Omit<Finding, 'pointer'> & { segments: Segments }
