/** What the user says that each outcome should mean to the code under test. */
import { isDeepStrictEqual, inspect } from 'node:util'

import { describeReason, type Details, formatCount, requireKnownOptions } from '../message/index.ts'
import type { OutcomeCase } from './outcome-cases.ts'

/** What the code did with an outcome. */
export interface Met<Result> {
  /** What happened: `unplaced: AGENT`. */
  name: string
  /** What the code gave; absent when it threw. */
  result?: Result
  /** What it threw; absent when it gave something. */
  error?: unknown
  /** How many StartTask requests came, attempts included. */
  requests: number
}

/**
 * What an outcome should mean: that the code gives this value (compared deeply), that it throws an error of this name or with such a message, or
 * whatever a function asserts. `requests`: how many StartTask requests it may send, retries included.
 */
export type Expectation<Result> =
  | { returns: Result; requests?: number }
  | { throws: string | RegExp; requests?: number }
  | ((met: Met<Result>) => void | Promise<void>)

/** By the name of a case, or of a group: `unplaced` speaks for every `unplaced: …` that is not named itself. */
export type Expectations<Result> = Readonly<Record<string, Expectation<Result>>>

/** The expectation of a case, if there is one. */
export function findExpectation<Result>(
  expectations: Expectations<Result>,
  { name }: OutcomeCase,
): Expectation<Result> | undefined {
  const own = Object.hasOwn(expectations, name) ? expectations[name] : undefined
  const group = nameGroup(name)
  return (
    own ??
    (group !== undefined && Object.hasOwn(expectations, group) ? expectations[group] : undefined)
  )
}

/** What stands before the colon. */
function nameGroup(name: string): string | undefined {
  return name.includes(': ') ? name.slice(0, name.indexOf(': ')) : undefined
}

/** Throws `usage` for a name that no case and no group has: its expectation would never be compared. */
export function refuseUnknownNames(
  expectations: Expectations<never> | object,
  cases: readonly OutcomeCase[],
): void {
  const names = new Set(cases.flatMap(({ name }) => [name, nameGroup(name) ?? name]))
  requireKnownOptions('outcome', expectations, [...names])
}

/** Compares what the code did with what was expected. Returns the difference; `undefined` if there is none. */
export async function judge<Result>(
  expectation: Expectation<Result>,
  met: Met<Result>,
): Promise<Details | undefined> {
  if (typeof expectation === 'function') {
    try {
      await expectation(met)
      return undefined
    } catch (error) {
      return [got(met), ['failed', describeReason(error)]]
    }
  }
  const difference =
    'returns' in expectation
      ? compareResult(expectation.returns, met)
      : compareError(expectation.throws, met)
  return difference ?? compareRequests(expectation.requests, met)
}

function compareRequests(expected: number | undefined, met: Met<unknown>): Details | undefined {
  if (expected === undefined || met.requests === expected) return undefined
  return [
    ['expected', formatCount(expected, 'StartTask request')],
    ['got', formatCount(met.requests, 'StartTask request')],
  ]
}

function compareResult(expected: unknown, met: Met<unknown>): Details | undefined {
  if (!('error' in met) && isDeepStrictEqual(met.result, expected)) return undefined
  return [['expected', `to return ${show(expected)}`], got(met)]
}

function compareError(expected: string | RegExp, met: Met<unknown>): Details | undefined {
  const { error } = met
  const texts = error instanceof Error ? [error.name, error.message] : [describeReason(error)]
  const isMet =
    'error' in met &&
    texts.some((text) =>
      typeof expected === 'string'
        ? text === expected || text.includes(expected)
        : expected.test(text),
    )
  return isMet ? undefined : [['expected', `to throw ${String(expected)}`], got(met)]
}

function got(met: Met<unknown>): Details[number] {
  return ['got', describeMet(met)]
}

/** Describes what the code did, on one line. */
export function describeMet(met: Met<unknown>): string {
  if (!('error' in met)) return `returned ${show(met.result)}`
  const { error } = met
  return `threw ${error instanceof Error ? `${error.name}: ${error.message}` : show(error)}`
}

const MOST_SHOWN = 400

function show(value: unknown): string {
  const text = inspect(value, {
    depth: 4,
    breakLength: Infinity,
    maxArrayLength: 10,
    maxStringLength: 200,
  })
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text
}
