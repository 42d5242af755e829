import type { Recording } from '../protocol/index.ts';
import { type Expectations } from './expectations.ts';
import { type OutcomeService } from './outcome-adapters.ts';
/** The code under test: it makes its client of what the service offers, calls StartTask as it would, and gives what its own callers get. */
export type CallMyCode<Result> = (service: OutcomeService) => Promise<Result> | Result;
/** Options of the outcome kit. */
export interface OutcomeOptions {
    /** Recordings of the other operations that the code asks for; StartTask of them is left out. */
    recordings?: readonly Recording[];
    /** Milliseconds that the code may take for one outcome, its retries included; 30,000 unless it is given. */
    timeoutMs?: number;
}
/** What came of one case. */
export interface OutcomeResult {
    name: string;
    says: string;
    verdict: 'passed' | 'failed' | 'not covered';
    /** Why it failed. */
    message?: string;
}
/** What came of all cases. */
export interface OutcomeReport {
    results: OutcomeResult[];
    passed: number;
    failed: number;
    notCovered: string[];
}
/**
 * Runs the code under test against everything that StartTask is documented to do, and compares what it does with what the user expects. What no
 * expectation speaks of is listed as not covered; that failures with HTTP 200 are no success is asked in any case, unless `unplaced` has an
 * expectation of its own.
 *
 * Throws `usage` for an expectation that names no outcome.
 */
export declare function runOutcomes<Result>(callMyCode: CallMyCode<Result>, expectations?: Expectations<Result>, options?: OutcomeOptions): Promise<OutcomeReport>;
/** A case that is to be run; without `run` nothing was said about it. */
export interface PlannedOutcome {
    name: string;
    says: string;
    /** Gives why it failed, `undefined` when it did not. */
    run?: () => Promise<string | undefined>;
}
/** The cases with what is asked of each. Throws `usage` for an expectation that names no outcome. */
export declare function planOutcomes<Result>(callMyCode: CallMyCode<Result>, expectations: Expectations<Result>, options: OutcomeOptions): PlannedOutcome[];
