import type { Departure, Side } from './side.ts';
/**
 * What the validators find in `present`, in this project's words. `written` is the same value with its null members, for what stood there.
 * Types are named, values are not: only short texts of a known form (never an environment entry) are repeated.
 */
export declare function readDepartures(side: Side, present: unknown, written: unknown): Departure[];
