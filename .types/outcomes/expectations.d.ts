import type { OutcomeCase } from './outcome-cases.ts';
/** What the code did with an outcome. */
export interface Met<Result> {
    /** What happened: `unplaced: AGENT`. */
    name: string;
    /** What the code gave; absent when it threw. */
    result?: Result;
    /** What it threw; absent when it gave something. */
    error?: unknown;
    /** How many StartTask requests came, attempts included. */
    requests: number;
}
/**
 * What an outcome should mean: that the code gives this value (compared deeply), that it throws an error of this name or with such a message, or
 * whatever a function asserts. `requests`: how many StartTask requests it may send, retries included.
 */
export type Expectation<Result> = {
    returns: Result;
    requests?: number;
} | {
    throws: string | RegExp;
    requests?: number;
} | ((met: Met<Result>) => void | Promise<void>);
/** By the name of a case, or of a group: `unplaced` speaks for every `unplaced: …` that is not named itself. */
export type Expectations<Result> = Readonly<Record<string, Expectation<Result>>>;
/** The expectation of a case, if there is one. */
export declare function findExpectation<Result>(expectations: Expectations<Result>, { name }: OutcomeCase): Expectation<Result> | undefined;
/** Throws `usage` for a name that no case and no group has: it would silently say nothing. */
export declare function refuseUnknownNames(expectations: Expectations<never> | object, cases: readonly OutcomeCase[]): void;
/** Why the code did not do what was expected; `undefined` when it did. */
export declare function judge<Result>(expectation: Expectation<Result>, met: Met<Result>): Promise<string | undefined>;
/** What the code did, in a line. */
export declare function describeMet(met: Met<unknown>): string;
