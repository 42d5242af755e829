import type { WireRequest } from '../protocol/index.ts';
import { type Decision, type ExchangePlace, type ReplayOptions } from '../replayer/engine/index.ts';
/** The recordings of a session. */
export interface Recorded {
    /** The recorded response and the exchange it is of, or a miss, which is of none. Which of them it is stands fast at once. */
    decide(request: WireRequest): Decision;
    unused(): ExchangePlace[];
}
/**
 * Opens the recordings that a session replays. Throws what loading them throws, with how to record them: a session without recordings
 * never begins.
 */
export declare function openRecorded(path: string, options: ReplayOptions): Recorded;
/** As {@link openRecorded}, but nothing is there at first: then every request is a miss. */
export declare function openRecordedIfAny(path: string, options: ReplayOptions): Recorded;
