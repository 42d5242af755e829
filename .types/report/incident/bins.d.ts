/** Stretches of time as people count them, and what falls into each. */
import { type Status } from '../../page/index.ts';
import type { AttemptEvent } from '../../incident/index.ts';
/** A stretch of time and the attempts that began in it. */
export interface Bin {
    fromMs: number;
    toMs: number;
    attempts: readonly AttemptEvent[];
}
/** Cuts the time from the first to the last attempt into at most 49 equal stretches, in the order of time; those in which nothing was are left out. */
export declare function binAttempts(attempts: readonly AttemptEvent[]): Bin[];
/** How many attempts ended in which way; ways that none ended in are left out. */
export declare function countStatuses(attempts: readonly AttemptEvent[]): [Status, number][];
/** The short time in which most of it happened, with what followed on soon; `undefined` where it is spread over the whole. */
export declare function findBusyStretch(times: readonly number[], spanMs: number): {
    fromMs: number;
    toMs: number;
} | undefined;
/** The value that so large a share of the values does not exceed, in milliseconds; `values` is sorted and not empty. */
export declare function readQuantile(values: readonly number[], share: number): number;
/** How long the attempts took that say so, the shortest first. */
export declare function sortDurations(attempts: readonly AttemptEvent[]): number[];
