import { formatDetail } from '../message/index.ts'

/** The result of a matcher, in the form that vitest and jest read. */
export interface MatcherResult {
  pass: boolean
  /** Describes the failure: of `.not` if `pass`, else of the matcher itself. Escaped for a terminal. */
  message: () => string
  /** The actual and the expected value, as text or data: runners show their difference. Absent if the message says everything. */
  actual?: unknown
  expected?: unknown
}

/** The part of `this` that matchers read; undefined if a matcher is called as a plain function. */
export type MatcherContext = { readonly isNot?: boolean } | void

/** Returns the first `most` lines, and a line with the number of the others. */
export function shortenLines(lines: readonly string[], label: string, most = 10): string[] {
  return lines.length <= most
    ? [...lines]
    : [...lines.slice(0, most), formatDetail(label, `… and ${lines.length - most} more`)]
}
