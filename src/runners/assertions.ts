/** The matchers as functions that throw, for runners without `expect`: node:test, mocha and whatever else takes an AssertionError. */
import { AssertionError } from 'node:assert'

import { toConformToStartTask } from './contract-matchers.ts'
import type { MatcherResult } from './matcher.ts'
import {
  type ExpectedFailure,
  type ExpectedRejection,
  toHaveBeenRejected,
  toHaveFailedPlacement,
  toHavePartlyStarted,
  toHaveStartedTask,
} from './outcome-matchers.ts'
import {
  toHaveBeenSentOnce,
  toHaveBeenSentOnceWith,
  toHaveBeenSentTimes,
  toHaveBeenSentWith,
  toHaveNoMisses,
  toHaveReplayedAll,
} from './replay-matchers.ts'
import type { BodySide } from './subject.ts'

/** As the matcher `toHaveStartedTask`. Throws an AssertionError with `actual`, `expected` and `operator`, as all of these do. */
export function assertStartedTask(response: unknown, count?: number): void {
  demand(toHaveStartedTask.call(undefined, response, count), assertStartedTask)
}

/** Throws where a task started, also one among failures: the opposite of {@link assertStartedTask}, which refuses a partial response too. */
export function assertNoStartedTask(response: unknown): void {
  refuse(toHaveStartedTask.call({ isNot: true }, response), assertNoStartedTask)
}

/** As the matcher `toHavePartlyStarted`. */
export function assertPartlyStarted(response: unknown): void {
  demand(toHavePartlyStarted.call(undefined, response), assertPartlyStarted)
}

/** As the matcher `toHaveFailedPlacement`. */
export function assertFailedPlacement(response: unknown, expected?: ExpectedFailure): void {
  demand(toHaveFailedPlacement.call(undefined, response, expected), assertFailedPlacement)
}

/** As the matcher `toHaveBeenRejected`. */
export function assertRejected(response: unknown, expected?: ExpectedRejection): void {
  demand(toHaveBeenRejected.call(undefined, response, expected), assertRejected)
}

/** As the matcher `toConformToStartTask`. */
export function assertConformsToStartTask(value: unknown, side?: BodySide): void {
  demand(toConformToStartTask.call(undefined, value, side), assertConformsToStartTask)
}

/** As the matcher `toHaveReplayedAll`. */
export function assertReplayedAll(adapter: unknown): void {
  demand(toHaveReplayedAll.call(undefined, adapter), assertReplayedAll)
}

/** As the matcher `toHaveNoMisses`. */
export function assertNoMisses(adapter: unknown): void {
  demand(toHaveNoMisses.call(undefined, adapter), assertNoMisses)
}

/** As the matcher `toHaveBeenSentOnce`. */
export function assertSentOnce(adapter: unknown): void {
  demand(toHaveBeenSentOnce.call(undefined, adapter), assertSentOnce)
}

/** As the matcher `toHaveBeenSentTimes`. */
export function assertSentTimes(adapter: unknown, times: number): void {
  demand(toHaveBeenSentTimes.call(undefined, adapter, times), assertSentTimes)
}

/** As the matcher `toHaveBeenSentWith`. */
export function assertSentWith(adapter: unknown, expected: object): void {
  demand(toHaveBeenSentWith.call(undefined, adapter, expected), assertSentWith)
}

/** As the matcher `toHaveBeenSentOnceWith`. */
export function assertSentOnceWith(adapter: unknown, expected: object): void {
  demand(toHaveBeenSentOnceWith.call(undefined, adapter, expected), assertSentOnceWith)
}

function demand(result: MatcherResult, by: Function): void {
  if (!result.pass) fail(result, by)
}

function refuse(result: MatcherResult, by: Function): void {
  if (result.pass) fail(result, by)
}

function fail({ message, actual, expected }: MatcherResult, by: Function): never {
  throw new AssertionError({
    message: message(),
    actual,
    expected,
    operator: by.name,
    stackStartFn: by,
  })
}
