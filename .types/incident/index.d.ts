/** Incidents: what happened, in the order of time. */
export type { Departure } from './departures.ts';
export { type AttemptEvent, type AttemptResult, describeAttempt, type NamedRecording, type TaskEvent, type TimelineEvent, } from './events.ts';
export type { IncidentExpectations } from './expectations.ts';
export { countOf, formatDuration, type IncidentFinding, type IncidentRule } from './finding.ts';
export type { Invocation } from './invocations.ts';
export { reenact, type ReenactedService, type Reenactment, type ReenactOptions, } from './reenactment.ts';
export { createTimeline, type Timeline, type TimelineSource } from './timeline.ts';
