/** `starttask-harness/incident`: the timeline of an incident, its re-enactment and report, and the archive that can be asked. */
import './package/node-version.ts';
export { type AttemptEvent, type AttemptResult, createTimeline, type Departure, type IncidentExpectations, type IncidentFinding, type IncidentRule, type Invocation, type NamedRecording, reenact, type ReenactedService, type Reenactment, type ReenactOptions, type TaskEvent, type Timeline, type TimelineEvent, type TimelineSource, } from './incident/index.ts';
export { formatReport, formatReportMarkdown, type ReportOptions } from './report/index.ts';
export { ask, askAthena, type Asked, type AskJob, type AthenaJob, type BuildJob, buildParquetArchive, type Built, type Cell, type NamedQuery, NAMED_QUERIES, type QueryResult, type Question, } from './query/index.ts';
