import { type Exchange } from '../protocol/index.ts';
import type { Fault } from '../replayer/engine/index.ts';
/** One thing that can happen. */
export interface OutcomeCase {
    /** `unplaced: AGENT`. What stands before the colon names the group. */
    name: string;
    /** What the service does, in a sentence. */
    says: string;
    /** The response without the fault; any StartTask request gets it, with its own container instances, cluster and tags. */
    exchange: Exchange;
    faults: readonly Fault[];
    /** The fault comes instead of the response. */
    isInstead: boolean;
}
/** All cases, in the order in which reports name them. */
export declare function listOutcomeCases(): OutcomeCase[];
