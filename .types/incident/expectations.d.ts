import type { Departure } from './departures.ts';
import { type IncidentFinding } from './finding.ts';
import type { Timeline } from './timeline.ts';
/** What today's code must do, and must not, when an incident happens to it again. */
export interface IncidentExpectations {
    /** Findings that there must not be, by their rules: `incident.double-launch`. */
    forbid?: readonly string[];
    /** Departures from that day's requests that there must not be, by their kinds. */
    forbidDepartures?: readonly string[];
    /** How many tasks must have been launched in the end. */
    launches?: {
        atLeast?: number;
        atMost?: number;
    };
}
/** The expectations that an incident's recordings state, all of them together; `undefined` where none does. */
export declare function readExpectations({ sources }: Timeline): IncidentExpectations | undefined;
interface Seen {
    findings: readonly IncidentFinding[];
    departures: readonly Departure[];
    launches: number;
}
/** What speaks against a run, in words; nothing where it is as expected. */
export declare function judge({ forbid, forbidDepartures, launches }: IncidentExpectations, seen: Seen): string[];
export {};
