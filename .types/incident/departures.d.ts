import { type Difference, type Identity } from '../matching/index.ts';
import type { Timeline } from './timeline.ts';
/**
 * How today's requests depart from that day's: a request that is not made any more (`not-made`), one that nobody made that day (`new`), one that is made
 * more or less often (`repeated`, `less-often`), in attempts; or in as many attempts, but otherwise put together (`other-retries`): an SDK that
 * sends again is one invocation of two attempts, a caller that asks again is two.
 */
export interface Departure {
    kind: 'not-made' | 'new' | 'repeated' | 'less-often' | 'other-retries';
    /** The first event that it is about, by its number in that day's timeline, or in today's where it is new. */
    event: number;
    message: string;
    /** To the nearest request of that day, for one that is new. */
    differences: readonly Difference[];
    /** That nearest request's event, by its number in that day's timeline. */
    nearest?: number;
}
/** Identifies a request, as the replayer of that day does. */
type Identify = (operation: string, body: unknown) => Identity;
/** Compares by requests, not by times: when a request is made is the clock's. */
export declare function findDepartures(then: Timeline, now: Timeline, identify: Identify): Promise<Departure[]>;
export {};
