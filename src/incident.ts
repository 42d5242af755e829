/** `starttask-harness/incident`: the timeline of an incident, its re-enactment, its report. */
import './node-version.ts'

export {
  type AttemptEvent,
  type AttemptResult,
  createTimeline,
  type Departure,
  formatReport,
  formatReportMarkdown,
  type IncidentExpectations,
  type IncidentFinding,
  type IncidentRule,
  type Invocation,
  type NamedRecording,
  reenact,
  type ReenactedService,
  type Reenactment,
  type ReenactOptions,
  type ReportOptions,
  type TaskEvent,
  type Timeline,
  type TimelineEvent,
  type TimelineSource,
} from './incident/index.ts'
