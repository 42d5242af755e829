/** What a report says, whatever it is written in. */
import type { Content } from '../../page/index.ts';
import { type AttemptEvent, type IncidentFinding, type Reenactment, type Timeline } from '../../incident/index.ts';
/** What a report may be given besides its timeline. */
export interface ReportOptions {
    /** Instead of what the recordings say of their scenario. */
    title?: string;
    /** How today's code fared: the report sets the two side by side. */
    reenactment?: Reenactment<unknown>;
    /** When the report was made, UTC in ISO 8601. Left out by default, so that the same incident gives the same report. */
    madeAt?: string;
}
/** A part of the page, and the events that can be led to in it, by number. */
export interface LinkedPart {
    content: Content;
    events: ReadonlySet<number>;
}
/** What tells where an event is: its number, and its time by the clock. */
export interface Place {
    numbers: ReadonlyMap<unknown, number>;
    clock: ReturnType<typeof createClock>;
}
/** Events by their numbers in the timeline, from 1. */
export declare function numberEvents({ events }: Timeline): ReadonlyMap<unknown, number>;
/** The report's heading: what was asked for, what one recording says of its scenario, or when it was. */
export declare function nameReport({ sources, beganAt }: Timeline, { title }: ReportOptions): string;
/** All attempts of a timeline, in the order of time. */
export declare function listAttempts({ events }: Timeline): AttemptEvent[];
/** What happened, in one sentence. */
export declare function tellInShort(timeline: Timeline): string;
/** The numbers at the head of a report, each by its name. */
export declare function listFacts(timeline: Timeline): [string, string][];
/** Findings with the worst first; among equals in the order of time. */
export declare function sortFindings(findings: readonly IncidentFinding[]): IncidentFinding[];
/** What sources cannot tell, each once. */
export declare function listLimits({ sources }: Timeline): string[];
/** When something was, by the clock; with the day where a timeline goes over more than one. */
export declare function createClock({ beganAt, spanMs }: Timeline): {
    iso: (atMs: number) => string;
    format: (atMs: number) => string;
};
/** A text of at most so many characters; `…` at its end where it goes on. */
export declare function cutTo(text: string, most: number): string;
