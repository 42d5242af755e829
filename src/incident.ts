/** `starttask-harness/incident`: the timeline of an incident. */
import './node-version.ts'

export {
  type AttemptEvent,
  type AttemptResult,
  createTimeline,
  type Departure,
  type IncidentExpectations,
  type IncidentFinding,
  type IncidentRule,
  type Invocation,
  type NamedRecording,
  reenact,
  type ReenactedService,
  type Reenactment,
  type ReenactOptions,
  type TaskEvent,
  type Timeline,
  type TimelineEvent,
  type TimelineSource,
} from './incident/index.ts'
