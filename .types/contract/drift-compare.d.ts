import type { DriftFinding, Unchecked } from './drift-finding.ts';
import type { Model } from './model.ts';
/** What two sources of StartTask disagree about, and what could not be compared. */
export interface Drift {
    drift: DriftFinding[];
    couldNotCheck: Unchecked[];
    /** A date that the other source is older than, told by a member that it lacks: what is missing in it may be new, rather than gone. */
    olderThan?: {
        date: string;
        member: string;
    };
}
/**
 * Compares the contract with another source, in the contract's document order: the request, the response, the errors. What a source does not
 * carry is never drift. Members below one that the contract does not have are not listed.
 *
 * Throws what the other model's reader throws when a place that is asked for cannot be read.
 */
export declare function compareModels(contract: Model, other: Model): Drift;
