/** Incidents: what happened, in the order of time. */
export {
  type AttemptEvent,
  type AttemptResult,
  describeAttempt,
  type NamedRecording,
  type TaskEvent,
  type TimelineEvent,
} from './events.ts'
export { formatDuration, type IncidentFinding, type IncidentRule } from './finding.ts'
export type { Invocation } from './invocations.ts'
export type { Departure } from './departures.ts'
export type { IncidentExpectations } from './expectations.ts'
export {
  reenact,
  type ReenactedService,
  type Reenactment,
  type ReenactOptions,
} from './reenactment.ts'
export { createTimeline, type Timeline, type TimelineSource } from './timeline.ts'
export { formatReport, requirePictures } from './report.ts'
export { formatReportMarkdown } from './report-markdown.ts'
export type { ReportOptions } from './report-facts.ts'
