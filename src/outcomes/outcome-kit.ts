import { isDeepStrictEqual } from 'node:util'

import { formatMessage, HarnessError } from '../message/index.ts'
import type { Recording } from '../protocol/index.ts'
import {
  describeMet,
  type Expectation,
  type Expectations,
  findExpectation,
  judge,
  type Met,
  refuseUnknownNames,
} from './expectations.ts'
import { type OutcomeService, startOutcome } from './outcome-adapters.ts'
import { listOutcomeCases, type OutcomeCase } from './outcome-cases.ts'

/** The code under test: it makes its client of what the service offers, calls StartTask as it would, and gives what its own callers get. */
export type CallMyCode<Result> = (service: OutcomeService) => Promise<Result> | Result

/** Options of the outcome kit. */
export interface OutcomeOptions {
  /** Recordings of the other operations that the code asks for; StartTask of them is left out. */
  recordings?: readonly Recording[]
  /** Milliseconds that the code may take for one outcome, its retries included; 30,000 unless it is given. */
  timeoutMs?: number
}

/** What came of one case. */
export interface OutcomeResult {
  name: string
  says: string
  verdict: 'passed' | 'failed' | 'not covered'
  /** Why it failed. */
  message?: string
}

/** What came of all cases. */
export interface OutcomeReport {
  results: OutcomeResult[]
  passed: number
  failed: number
  notCovered: string[]
}

/** The case that no table must name: failures with HTTP 200, read as success. */
const SUCCESS_BUG = 'failures are no success'

/**
 * Runs the code under test against everything that StartTask is documented to do, and compares what it does with what the user expects. What no
 * expectation speaks of is listed as not covered; that failures with HTTP 200 are no success is asked in any case, unless `unplaced` has an
 * expectation of its own.
 *
 * Throws `usage` for an expectation that names no outcome.
 */
export async function runOutcomes<Result>(
  callMyCode: CallMyCode<Result>,
  expectations: Expectations<Result> = {},
  options: OutcomeOptions = {},
): Promise<OutcomeReport> {
  const results: OutcomeResult[] = []
  for (const { name, says, run } of planOutcomes(callMyCode, expectations, options)) {
    const message = run ? await run() : undefined
    const verdict = !run ? 'not covered' : message === undefined ? 'passed' : 'failed'
    results.push({ name, says, verdict, ...(message === undefined ? {} : { message }) })
  }
  const count = (verdict: OutcomeResult['verdict']) =>
    results.filter((result) => result.verdict === verdict)
  return {
    results,
    passed: count('passed').length,
    failed: count('failed').length,
    notCovered: count('not covered').map(({ name }) => name),
  }
}

/** A case that is to be run; without `run` nothing was said about it. */
interface PlannedOutcome {
  name: string
  says: string
  /** Gives why it failed, `undefined` when it did not. */
  run?: () => Promise<string | undefined>
}

/** The cases with what is asked of each. Throws `usage` for an expectation that names no outcome. */
function planOutcomes<Result>(
  callMyCode: CallMyCode<Result>,
  expectations: Expectations<Result>,
  options: OutcomeOptions,
): PlannedOutcome[] {
  const cases = listOutcomeCases()
  refuseUnknownNames(expectations, cases)
  const planned = cases.map((outcome): PlannedOutcome => {
    const { name, says } = outcome
    const expectation = findExpectation(expectations, outcome)
    return expectation
      ? { name, says, run: () => runCase(callMyCode, outcome, expectation, options) }
      : { name, says }
  })
  const says = 'what the code does when no task was started differs from what it does when all were'
  return [
    ...planned,
    {
      name: SUCCESS_BUG,
      says,
      run: () => compareWithSuccess(callMyCode, cases, expectations, options),
    },
  ]
}

async function runCase<Result>(
  callMyCode: CallMyCode<Result>,
  outcome: OutcomeCase,
  expectation: Expectation<Result>,
  options: OutcomeOptions,
): Promise<string | undefined> {
  const met = await meet(callMyCode, outcome, options)
  const details = await judge(expectation, met)
  return details && formatMessage({ summary: `${outcome.name}: ${outcome.says}.`, details })
}

async function meet<Result>(
  callMyCode: CallMyCode<Result>,
  outcome: OutcomeCase,
  options: OutcomeOptions,
): Promise<Met<Result>> {
  await using running = await startOutcome(outcome, options.recordings ?? [])
  const { name } = outcome
  try {
    const result = await withTimeout(
      Promise.resolve(callMyCode(running.service)),
      options.timeoutMs ?? 30_000,
      name,
    )
    return { name, result, requests: running.countRequests() }
  } catch (error) {
    return { name, error, requests: running.countRequests() }
  }
}

async function withTimeout<Result>(
  promise: Promise<Result>,
  ms: number,
  name: string,
): Promise<Result> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => {
    reject(
      new HarnessError(
        'usage',
        `The code did not come back from ${JSON.stringify(name)} within ${ms} ms.`,
        { remedy: 'let its client give up sooner, or raise timeoutMs' },
      ),
    )
  }, ms)
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}

/** Two runs that nobody can tell apart although one started tasks and the other none. */
async function compareWithSuccess<Result>(
  callMyCode: CallMyCode<Result>,
  cases: readonly OutcomeCase[],
  expectations: Expectations<Result>,
  options: OutcomeOptions,
): Promise<string | undefined> {
  const started = cases.find(({ name }) => name === 'started')
  const unplaced = cases.find(({ name }) => name === 'unplaced: MISSING')
  if (!started || !unplaced) throw new Error('The catalogue has lost its first cases.')
  const one = await meet(callMyCode, started, options)
  const other = await meet(callMyCode, unplaced, options)
  if (one.requests === 0 || other.requests === 0)
    return `${SUCCESS_BUG}: the code sent no StartTask request to the service that it was given.`
  const isTold = 'error' in other || !isDeepStrictEqual(one.result, other.result)
  if (isTold || 'error' in one || findExpectation(expectations, unplaced)) return undefined
  return formatMessage({
    summary: `${SUCCESS_BUG}: when no container instance took the task, the code did what it does when all did.`,
    details: [
      ['started', describeMet(one)],
      ['unplaced', describeMet(other)],
    ],
    remedy: 'read failures of an HTTP 200 response, and report them to your callers',
  })
}

/** What is used of a test runner's `test`: that of vitest, jest, node:test and mocha alike. */
export interface TestFunction {
  (title: string, run: () => Promise<void>): unknown
  todo?: (title: string) => unknown
  skip?: (title: string, run: () => Promise<void>) => unknown
}

/** Options of {@link describeOutcomes}. */
export interface DescribeOptions extends OutcomeOptions {
  /** The runner's `test`; the global one unless it is given. */
  test?: TestFunction
}

/**
 * Registers one test for each thing that StartTask is documented to do: tasks started, in part, or not at all for each documented reason; every
 * documented and common error; retries; responses that StartTask cannot give; members and values that are newer than the documentation.
 *
 * `expectations` says what each should mean to the caller of the code; a group (`unplaced`, `rejected`, `unreadable`) speaks for its cases. A case that
 * nothing is said of becomes a `todo`: it is not covered. One test more asks whether failures with HTTP 200 are told from success.
 *
 * Throws `usage` for an expectation that names no outcome, and where no `test` function is found.
 */
export function describeOutcomes<Result>(
  callMyCode: CallMyCode<Result>,
  expectations: Expectations<Result> = {},
  { test = findTest(), ...options }: DescribeOptions = {},
): void {
  for (const { name, says, run } of planOutcomes(callMyCode, expectations, options)) {
    if (!run) {
      leaveOpen(test, `not covered: ${name}: ${says}`)
      continue
    }
    test(`${name}: ${says}`, async () => {
      const message = await run()
      if (message !== undefined) throw new OutcomeError(message)
    })
  }
}

/** A failed expectation; runners print its message. */
class OutcomeError extends Error {
  override readonly name = 'OutcomeError'
}

function leaveOpen(test: TestFunction, title: string): void {
  if (test.todo) test.todo(title)
  else test.skip?.(title, () => Promise.resolve())
}

function findTest(): TestFunction {
  const found: unknown = Reflect.get(globalThis, 'test') ?? Reflect.get(globalThis, 'it')
  if (isTest(found)) return found
  throw new HarnessError('usage', 'describeOutcomes finds no global test function.', {
    remedy: 'hand it the runner’s: describeOutcomes(callMyCode, expectations, { test })',
  })
}

function isTest(value: unknown): value is TestFunction {
  return typeof value === 'function'
}
