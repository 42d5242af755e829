import type { ReplayClock } from '../replayer/engine/index.ts';
/** A clock that stands still while somebody works, and jumps to when the next one wants to be woken. */
export interface VirtualClock extends ReplayClock {
    /** Goes on to a time, never back. */
    advanceTo(ms: number): void;
    /** Somebody works: the clock does not jump soon. */
    touch(): void;
}
/** Begins at 0. Whoever sleeps is woken in the order of their times, once nobody has touched the clock for some milliseconds. */
export declare function createVirtualClock(): VirtualClock;
