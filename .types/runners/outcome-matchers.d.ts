/** Matchers of what a StartTask response says. Plain functions: `this` is what a runner binds, and may be absent. */
import { type Failure } from '../contract/index.ts';
import { type MatcherContext, type MatcherResult } from './matcher.ts';
/** A failed placement as a test expects it: its reason, an expression that the reason matches, or members that it has among others. */
export type ExpectedFailure = string | RegExp | {
    [Member in keyof Failure]: unknown;
};
/** A rejection as a test expects it: the error's name, an expression that the name matches, or members that it has among others. */
export type ExpectedRejection = string | RegExp | {
    name?: unknown;
    message?: unknown;
    status?: unknown;
    fault?: 'client' | 'server';
};
/**
 * Passes when a task started on each container instance: HTTP 200 with tasks and no failures. Where some started and some did not, neither it
 * nor its `.not` passes: say `toHavePartlyStarted`.
 *
 * @param count how many tasks
 */
export declare function toHaveStartedTask(this: MatcherContext, received: unknown, count?: number): MatcherResult;
/** Passes when some tasks started and some placements failed: HTTP 200 with both. */
export declare function toHavePartlyStarted(this: MatcherContext, received: unknown): MatcherResult;
/**
 * Passes when a placement failed, whether or not tasks started: HTTP 200 with failures. With `expected`, one of the failures must be as it says.
 */
export declare function toHaveFailedPlacement(this: MatcherContext, received: unknown, expected?: ExpectedFailure): MatcherResult;
/**
 * Passes when the service rejected the request: a response of HTTP 300 and more that names an error, or what a client threw for one. With
 * `expected`, the error must be as it says.
 */
export declare function toHaveBeenRejected(this: MatcherContext, received: unknown, expected?: ExpectedRejection): MatcherResult;
