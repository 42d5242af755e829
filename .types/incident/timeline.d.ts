import { type NamedRecording, type TimelineEvent } from './events.ts';
import type { IncidentFinding } from './finding.ts';
import { type Invocation } from './invocations.ts';
/** Where a timeline's events come from. */
export interface TimelineSource {
    recording: string;
    recordedAt: string;
    exchanges: number;
    taskStateChanges: number;
    /** What made the recording, and what it could not tell, where the recording says so. */
    source?: string;
    limits?: string;
    /** All that the recording says of where it comes from. */
    provenance: Readonly<Record<string, unknown>>;
}
/** What happened, in order: attempts, what became of tasks, and what is to be seen in it. */
export interface Timeline {
    /** UTC, ISO 8601: when the first event was. */
    beganAt: string;
    /** Milliseconds from the first event to the end of the last. */
    spanMs: number;
    events: readonly TimelineEvent[];
    invocations: readonly Invocation[];
    /** In the order of their times. */
    findings: readonly IncidentFinding[];
    sources: readonly TimelineSource[];
    /** Task state changes that were delivered more than once, and stand once. */
    repeated: number;
}
/**
 * Puts recordings on one time axis. Each says when it began, so that a log of a client, CloudTrail and events of EventBridge about the same
 * minutes lie beside each other, as well as their clocks agree. What recordings do not say is not made up: a finding that is inferred says so.
 */
export declare function createTimeline(recordings: readonly NamedRecording[]): Timeline;
