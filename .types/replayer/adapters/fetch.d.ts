import { type Accounting, type Recordings, type Replayer, type ReplayOptions } from '../engine/index.ts';
/** A function that is called as `fetch` is, with the accounting of its replayer. */
export interface ReplayFetch extends Accounting {
    (input: string | URL | Request, init?: RequestInit): Promise<Response>;
}
/**
 * A `fetch` that answers from recordings: for code that takes its `fetch` from outside. Every request is answered, one that names no ECS
 * operation with a miss. A transport failure is `TypeError: fetch failed` with its `cause`; a recorded time-out is one at once.
 */
export declare function replayFetch(recordings: Recordings, options?: ReplayOptions): ReplayFetch;
/** As {@link replayFetch}, over a replayer that others ask as well. */
export declare function openFetch(replayer: Replayer): ReplayFetch;
