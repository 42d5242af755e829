import { type ReplayClock, type ReplayOptions } from '../replayer/engine/index.ts';
import { type Departure } from './departures.ts';
import { type IncidentExpectations } from './expectations.ts';
import { type Timeline } from './timeline.ts';
/** The service of that day, and its clock. */
export interface ReenactedService {
    /** The endpoint of a server on this machine. */
    readonly url: string;
    /** Milliseconds since the incident began; code that waits by it waits no real time. */
    readonly clock: ReplayClock;
}
export interface ReenactOptions {
    /** Whether answers take their time: none (default), as long as recorded, or scaled. */
    time?: 'none' | 'recorded' | {
        scale: number;
    };
    /** Time as the service sees it; otherwise one that jumps to when the next waiting one wants to be woken. */
    clock?: ReplayClock;
    /** What identifies a request, as for a replayer. */
    match?: ReplayOptions['match'];
    rules?: string;
    /** Other ids of composed tasks for another number; the same requests meet the same under one. Otherwise 0. */
    seed?: number;
    /** Instead of those that the incident's recordings state. */
    expectations?: IncidentExpectations;
}
/** How today's code fared. */
export interface Reenactment<Result> {
    /** What the code gave, or threw. */
    result: {
        kind: 'returned';
        value: Result;
    } | {
        kind: 'threw';
        error: unknown;
    };
    /** Today's requests and what they met. */
    timeline: Timeline;
    /** How many of the responses were recorded that day, and how many follow from it. */
    answered: {
        recorded: number;
        composed: number;
    };
    departures: readonly Departure[];
    launches: {
        thatDay: number;
        today: number;
    };
    /** What is not as the expectations have it; empty where it is, `undefined` where there are none. */
    broken: readonly string[] | undefined;
}
/**
 * Lets an incident happen to today's code. A request that was made that day meets that day's answers, faults included, in their order; any other
 * StartTask meets the service as it was at that time ({@link Day}), and is counted as composed. Nothing is drawn by chance: the same requests in the same order meet the same.
 *
 * Throws what starting a server throws. What the code throws is a result.
 */
export declare function reenact<Result>(incident: Timeline, callMyCode: (service: ReenactedService) => Promise<Result>, options?: ReenactOptions): Promise<Reenactment<Result>>;
