/** All matchers in one object, and their types, for runners whose `expect` is extended. */
import { toConformToStartTask } from './contract-matchers.ts';
import { type ExpectedFailure, type ExpectedRejection, toHaveBeenRejected, toHaveFailedPlacement, toHavePartlyStarted, toHaveStartedTask } from './outcome-matchers.ts';
import { toHaveBeenSentOnce, toHaveBeenSentOnceWith, toHaveBeenSentTimes, toHaveBeenSentWith, toHaveNoMisses, toHaveReplayedAll } from './replay-matchers.ts';
import type { BodySide } from './subject.ts';
export declare const MATCHERS: {
    toConformToStartTask: typeof toConformToStartTask;
    toHaveBeenRejected: typeof toHaveBeenRejected;
    toHaveBeenSentOnce: typeof toHaveBeenSentOnce;
    toHaveBeenSentOnceWith: typeof toHaveBeenSentOnceWith;
    toHaveBeenSentTimes: typeof toHaveBeenSentTimes;
    toHaveBeenSentWith: typeof toHaveBeenSentWith;
    toHaveFailedPlacement: typeof toHaveFailedPlacement;
    toHaveNoMisses: typeof toHaveNoMisses;
    toHavePartlyStarted: typeof toHavePartlyStarted;
    toHaveReplayedAll: typeof toHaveReplayedAll;
    toHaveStartedTask: typeof toHaveStartedTask;
};
/** The matchers as `expect` has them; `R` is what they return there. */
export interface StartTaskMatchers<R> {
    /** A task started on each container instance (`count` tasks); HTTP 200 with failures is none. On a partial response neither this nor its `.not` passes. */
    toHaveStartedTask(count?: number): R;
    /** Some tasks started, and some placements failed. */
    toHavePartlyStarted(): R;
    /** A placement failed, with HTTP 200: for this reason, by this expression, or with these members. */
    toHaveFailedPlacement(expected?: ExpectedFailure): R;
    /** The service rejected the request: with an error of this name, by this expression, or with these members. */
    toHaveBeenRejected(expected?: ExpectedRejection): R;
    /** Nothing of a request, a response or an exchange breaks the documented contract. */
    toConformToStartTask(side?: BodySide): R;
    /** A replay adapter played all that is recorded. */
    toHaveReplayedAll(): R;
    /** A replay adapter answered each request from its recordings. */
    toHaveNoMisses(): R;
    /** A replay adapter was sent StartTask once, attempts included. */
    toHaveBeenSentOnce(): R;
    /** A replay adapter was sent StartTask so many times, attempts included. */
    toHaveBeenSentTimes(times: number): R;
    /** A replay adapter was sent a StartTask with these members among others. */
    toHaveBeenSentWith(expected: object): R;
    /** Of the requests with these members among others, a replay adapter was sent exactly one. */
    toHaveBeenSentOnceWith(expected: object): R;
}
