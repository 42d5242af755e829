import type { DriftFinding, Unchecked } from '../../contract/index.ts';
/** What the contract was compared with. */
export interface DriftSource {
    name: string;
    version?: string;
    /** A date that the source is older than, told by a member that it lacks. */
    olderThan?: {
        date: string;
        member: string;
    };
}
/** A finding, or what could not be checked, with the name of the source that it is about. */
export type Against<T> = {
    against: string;
} & T;
/** What `starttask drift` found. A source that could not be read is in `couldNotCheck` alone. */
export interface DriftReport {
    sources: DriftSource[];
    drift: Against<DriftFinding>[];
    couldNotCheck: Against<Unchecked | {
        what: 'everything';
        reason: string;
    }>[];
}
/** Prints a report for a person: source by source the drift by kind, then what could not be checked; the counts last. */
export declare function printDriftReport(report: DriftReport): void;
/** Prints each difference as a line of fields; a source that could not be read is one of kind `unread`. */
export declare function printDriftRecords({ drift, couldNotCheck }: DriftReport): void;
