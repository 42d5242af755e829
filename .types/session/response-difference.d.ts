import { type TransportFailure, type WireResponse } from '../protocol/index.ts';
/** One thing in which a live response is not as recorded. It tells kinds, never values that could be anyone's. */
export interface ResponseDifference {
    /** A JSON Pointer into the recorded exchange. */
    pointer: string;
    recorded: string;
    live: string;
}
type Compared = WireResponse | TransportFailure;
/**
 * In what a live response differs from the recorded one: how it reads, status, error name, why there was no task, which members are there, and
 * of which type. Ids, times and all other values may differ, for they do with each response. None when it is as recorded.
 */
export declare function compareResponses(operation: string, recorded: Compared, live: Compared): ResponseDifference[];
export {};
