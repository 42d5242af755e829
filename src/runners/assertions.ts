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
export function assertStartedTask(answer: unknown, count?: number): void {
  demand(toHaveStartedTask.call(undefined, answer, count), assertStartedTask)
}

/** Throws where a task started, also one among failures: the opposite of {@link assertStartedTask}, which refuses a partial answer too. */
export function assertNoStartedTask(answer: unknown): void {
  refuse(toHaveStartedTask.call({ isNot: true }, answer), assertNoStartedTask)
}

/** As the matcher `toHavePartlyStarted`. */
export function assertPartlyStarted(answer: unknown): void {
  demand(toHavePartlyStarted.call(undefined, answer), assertPartlyStarted)
}

/** As the matcher `toHaveFailedPlacement`. */
export function assertFailedPlacement(answer: unknown, expected?: ExpectedFailure): void {
  demand(toHaveFailedPlacement.call(undefined, answer, expected), assertFailedPlacement)
}

/** As the matcher `toHaveBeenRejected`. */
export function assertRejected(answer: unknown, expected?: ExpectedRejection): void {
  demand(toHaveBeenRejected.call(undefined, answer, expected), assertRejected)
}

/** As the matcher `toConformToStartTask`. */
export function assertConformsToStartTask(value: unknown, side?: BodySide): void {
  demand(toConformToStartTask.call(undefined, value, side), assertConformsToStartTask)
}

/** As the matcher `toHaveReplayedAll`. */
export function assertReplayedAll(door: unknown): void {
  demand(toHaveReplayedAll.call(undefined, door), assertReplayedAll)
}

/** As the matcher `toHaveNoMisses`. */
export function assertNoMisses(door: unknown): void {
  demand(toHaveNoMisses.call(undefined, door), assertNoMisses)
}

/** As the matcher `toHaveBeenSentOnce`. */
export function assertSentOnce(door: unknown): void {
  demand(toHaveBeenSentOnce.call(undefined, door), assertSentOnce)
}

/** As the matcher `toHaveBeenSentTimes`. */
export function assertSentTimes(door: unknown, times: number): void {
  demand(toHaveBeenSentTimes.call(undefined, door, times), assertSentTimes)
}

/** As the matcher `toHaveBeenSentWith`. */
export function assertSentWith(door: unknown, expected: object): void {
  demand(toHaveBeenSentWith.call(undefined, door, expected), assertSentWith)
}

/** As the matcher `toHaveBeenSentOnceWith`. */
export function assertSentOnceWith(door: unknown, expected: object): void {
  demand(toHaveBeenSentOnceWith.call(undefined, door, expected), assertSentOnceWith)
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
