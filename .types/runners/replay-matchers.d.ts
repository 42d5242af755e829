import { type MatcherContext, type MatcherResult } from './matcher.ts';
/** Passes when all that is recorded was played. */
export declare function toHaveReplayedAll(this: MatcherContext, received: unknown): MatcherResult;
/** Passes when each request was answered from the recordings. */
export declare function toHaveNoMisses(this: MatcherContext, received: unknown): MatcherResult;
/**
 * Passes when StartTask was sent once. Each attempt counts: StartTask has no client token, and what is sent twice can launch twice. Of other
 * operations nothing counts.
 */
export declare function toHaveBeenSentOnce(this: MatcherContext, received: unknown): MatcherResult;
/** Passes when StartTask was sent `times` times, attempts included; at most a thousand are counted. */
export declare function toHaveBeenSentTimes(this: MatcherContext, received: unknown, times: number): MatcherResult;
/** Passes when a StartTask was sent whose body is as expected; it may have members that the expected one has not. */
export declare function toHaveBeenSentWith(this: MatcherContext, received: unknown, expected: object): MatcherResult;
/**
 * Passes when of the requests whose body is as expected exactly one was sent, attempts included: this launch was asked for once. Other requests may
 * have been sent besides.
 */
export declare function toHaveBeenSentOnceWith(this: MatcherContext, received: unknown, expected: object): MatcherResult;
