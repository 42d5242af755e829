import type { Severity } from '../contract/index.ts';
import type { AttemptEvent, TimelineEvent } from './events.ts';
import type { Invocation } from './invocations.ts';
/** Something that happened, found in a timeline. */
export interface IncidentFinding {
    rule: IncidentRule;
    severity: Severity;
    /** Milliseconds since the timeline began. */
    atMs: number;
    untilMs: number;
    /** The events that it is about, by their numbers in the timeline, from 1. */
    events: readonly number[];
    message: string;
    /** How it was found, so that a reader can judge it. */
    how: string;
    /** `inferred` where the sources do not say it, and it follows from what they say. */
    basis: 'seen' | 'inferred';
}
export type IncidentRule = 'incident.throttling' | 'incident.retry-storm' | 'incident.gap' | 'incident.double-launch' | 'incident.started-unnoticed' | 'incident.repeated-launch' | 'incident.failures' | 'incident.partial' | 'incident.rejected' | 'incident.unanswered' | 'incident.task-stopped' | 'incident.no-time';
/** What findings are made from; events, and attempts, are in the order of time. */
export interface Evidence {
    events: readonly TimelineEvent[];
    /** Each event's number, from 1. */
    numbers: ReadonlyMap<TimelineEvent, number>;
    attempts: readonly AttemptEvent[];
    invocations: readonly Invocation[];
}
type Told = Omit<IncidentFinding, 'atMs' | 'untilMs' | 'events'>;
/** A finding about events of a timeline; `about` is not empty. */
export declare function tellOf({ numbers }: Evidence, about: readonly TimelineEvent[], told: Told): IncidentFinding;
/** The events from one time to another, both included, of events in the order of time. */
export declare function selectBetween<Event extends {
    atMs: number;
}>(events: readonly Event[], fromMs: number, untilMs: number): Event[];
/** `3 attempts`, `one attempt`. */
export declare function countOf(number: number, one: string, many?: string): string;
/** A duration as people read it: `0.25 s`, `12 s`, `3 min`, `2.5 h`. */
export declare function formatDuration(ms: number): string;
export {};
