import type { Expectations } from './expectations.ts';
import { type CallMyCode, type OutcomeOptions } from './outcome-kit.ts';
/** What is used of a test runner's `test`: that of vitest, jest, node:test and mocha alike. */
export interface TestFunction {
    (title: string, run: () => Promise<void>): unknown;
    todo?: (title: string) => unknown;
    skip?: (title: string, run: () => Promise<void>) => unknown;
}
/** Options of {@link describeOutcomes}. */
export interface DescribeOptions extends OutcomeOptions {
    /** The runner's `test`; the global one unless it is given. */
    test?: TestFunction;
}
/**
 * Registers one test for each thing that StartTask is documented to do: tasks started, in part, or not at all for each documented reason; every
 * documented and common error; retries; answers that are none; members and values that are newer than the documentation.
 *
 * `expectations` says what each should mean to the caller of the code; a group (`unplaced`, `rejected`, `unreadable`) speaks for its cases. A case that
 * nothing is said of becomes a `todo`: it is not covered. One test more asks whether failures with HTTP 200 are told from success.
 *
 * Throws `usage` for an expectation that names no outcome, and where no `test` function is found.
 */
export declare function describeOutcomes<Result>(callMyCode: CallMyCode<Result>, expectations?: Expectations<Result>, { test, ...options }?: DescribeOptions): void;
