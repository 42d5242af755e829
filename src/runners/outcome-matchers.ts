/** Matchers of a StartTask response. They are plain functions: a runner binds `this`, which may be absent. */
import { type Failure, FAILURE_REASONS, type Outcome } from '../contract/index.ts'
import { escapeLine, formatCount, formatDetail } from '../message/index.ts'
import { isObject } from '../protocol/index.ts'
import { readResponse } from './response.ts'
import { type MatcherContext, type MatcherResult, shortenLines } from './matcher.ts'
import { findUnmet, formatExpected } from './partial-match.ts'

/** A failed placement as a test expects it: its reason, an expression that the reason matches, or members that it has among others. */
export type ExpectedFailure = string | RegExp | { [Member in keyof Failure]: unknown }

/** A rejection as a test expects it: the error's name, an expression that the name matches, or members that it has among others. */
export type ExpectedRejection =
  | string
  | RegExp
  | { name?: unknown; message?: unknown; status?: unknown; fault?: 'client' | 'server' }

/**
 * Passes when a task started on each container instance: HTTP 200 with tasks and no failures. Where some started and some did not, neither it
 * nor its `.not` passes: say `toHavePartlyStarted`.
 *
 * @param count how many tasks
 */
export function toHaveStartedTask(
  this: MatcherContext,
  received: unknown,
  count?: number,
): MatcherResult {
  const outcome = readResponse(received)
  const isStarted =
    outcome.kind === 'started' && (count === undefined || outcome.tasks.length === count)
  const expected = count === undefined ? 'started' : `started: ${formatCount(count, 'task')}`
  const pass = outcome.kind === 'partial' ? this?.isNot === true : isStarted
  return {
    pass,
    actual: summarise(outcome),
    expected: pass ? `not ${expected}` : expected,
    message: () => describeStart(outcome, count),
  }
}

/** Passes when some tasks started and some placements failed: HTTP 200 with both. */
export function toHavePartlyStarted(this: MatcherContext, received: unknown): MatcherResult {
  const outcome = readResponse(received)
  const pass = outcome.kind === 'partial'
  const fact = pass
    ? 'Expected a response that is not partial'
    : 'Expected a response that is partial, with tasks and failures'
  return {
    pass,
    actual: summarise(outcome),
    expected: pass ? 'not partial' : 'partial',
    message: () => [`${fact}; it is ${summarise(outcome)}.`, ...listDetails(outcome)].join('\n'),
  }
}

/**
 * Passes when a placement failed, whether or not tasks started: HTTP 200 with failures. With `expected`, one of the failures must be as it says.
 */
export function toHaveFailedPlacement(
  this: MatcherContext,
  received: unknown,
  expected?: ExpectedFailure,
): MatcherResult {
  const outcome = readResponse(received)
  const failures = 'failures' in outcome ? outcome.failures : []
  const pass = failures.some(
    (failure) => expected === undefined || isAsExpected(expected, failure, 'reason'),
  )
  const what =
    expected === undefined
      ? 'a failed placement'
      : `a failed placement that is ${describeExpected(expected)}`
  return reportWhether(pass, what, outcome)
}

/**
 * Passes when the service rejected the request: a response of HTTP 300 and more that names an error, or what a client threw for one. With
 * `expected`, the error must be as it says.
 */
export function toHaveBeenRejected(
  this: MatcherContext,
  received: unknown,
  expected?: ExpectedRejection,
): MatcherResult {
  const outcome = readResponse(received)
  const pass =
    outcome.kind === 'rejected' &&
    (expected === undefined || isAsExpected(expected, outcome.error, 'name'))
  const what =
    expected === undefined ? 'a rejection' : `a rejection that is ${describeExpected(expected)}`
  return reportWhether(pass, what, outcome)
}

/** Makes the result of a matcher that expects `what`, which begins with an article. */
function reportWhether(
  pass: boolean,
  what: string,
  outcome: ReturnType<typeof readResponse>,
): MatcherResult {
  const expected = pass ? `no ${what.slice(2)}` : what
  return {
    pass,
    actual: summarise(outcome),
    expected,
    message: () =>
      [
        `Expected ${expected}; the response is ${summarise(outcome)}.`,
        ...listDetails(outcome),
      ].join('\n'),
  }
}

/** A text or a regular expression is compared with `member`, which identifies a failure or an error. */
function isAsExpected(
  expected: ExpectedFailure | ExpectedRejection,
  found: object,
  member: string,
): boolean {
  const members =
    isObject(expected) && !(expected instanceof RegExp) ? expected : { [member]: expected }
  return findUnmet(members, found) === undefined
}

function describeExpected(expected: ExpectedFailure | ExpectedRejection): string {
  return formatExpected(expected)
}

function describeStart(outcome: Outcome, count: number | undefined): string {
  const details = listDetails(outcome)
  switch (outcome.kind) {
    case 'started': {
      const found = `${formatCount(outcome.tasks.length, 'task')} started`
      const fact =
        count === undefined || count === outcome.tasks.length
          ? `Expected no started task; ${found}.`
          : `Expected ${formatCount(count, 'started task')}; ${found}.`
      return [fact, ...details].join('\n')
    }
    case 'partial': {
      const fact = `${formatCount(outcome.tasks.length, 'task')} started and ${formatCount(outcome.failures.length, 'placement')} failed, in one response of HTTP 200.`
      return [
        fact,
        ...details,
        formatDetail('remedy', `${READ_FAILURES}; a test that means this says toHavePartlyStarted`),
      ].join('\n')
    }
    case 'unplaced':
      return [
        `Expected a started task; none started, though the response is HTTP 200.`,
        ...details,
        formatDetail('remedy', READ_FAILURES),
      ].join('\n')
    case 'rejected':
    case 'unreadable':
      return [`Expected a started task; the response is ${summarise(outcome)}.`, ...details].join(
        '\n',
      )
  }
}

const READ_FAILURES =
  'let the code read failures: StartTask says there, not in the status, what it did not start'

/** Summarises an outcome in a few words, escaped. */
function summarise(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'started':
      return `started: ${formatCount(outcome.tasks.length, 'task')}`
    case 'partial':
      return `partial: ${formatCount(outcome.tasks.length, 'task')}, ${nameReasons(outcome.failures)}`
    case 'unplaced':
      return `unplaced: ${outcome.failures.length === 0 ? 'neither tasks nor failures' : nameReasons(outcome.failures)}`
    case 'rejected':
      return `rejected: ${shorten(outcome.error.name)}, HTTP ${outcome.error.status}`
    case 'unreadable':
      return 'unreadable'
  }
}

function nameReasons(failures: readonly Failure[]): string {
  const reasons = [...new Set(failures.map(({ reason = 'no reason' }) => shorten(reason)))]
  return reasons.length > 5 ? `${reasons.slice(0, 5).join(', ')}, …` : reasons.join(', ')
}

function listDetails(outcome: Outcome): string[] {
  switch (outcome.kind) {
    case 'started':
      return []
    case 'partial':
    case 'unplaced':
      return shortenLines(outcome.failures.map(describeFailure), 'failure')
    case 'rejected':
      return [formatDetail('message', shorten(outcome.error.message))]
    case 'unreadable':
      return [formatDetail('reason', shorten(outcome.reason))]
  }
}

function describeFailure({ arn, reason, detail }: Failure): string {
  const meaning = Object.entries(FAILURE_REASONS).find(([name]) => name === reason)?.[1].meaning
  const parts = [
    shorten(reason ?? 'no reason'),
    arn === undefined ? '' : `at ${shorten(arn)}`,
  ].filter((part) => part !== '')
  const notes = [meaning, detail === undefined ? undefined : shorten(detail)].filter(
    (text) => text !== undefined,
  )
  return formatDetail(
    'failure',
    `${parts.join(' ')}${notes.length === 0 ? '' : `: ${notes.join(' ')}`}`,
  )
}

/** Shortens untrusted text, on one line and escaped. */
function shorten(text: string, most = 300): string {
  const line = escapeLine(text)
  return line.length <= most ? line : `${line.slice(0, most - 1)}…`
}
