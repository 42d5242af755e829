import { type Evidence, type IncidentFinding } from './finding.ts';
/** Why container instances got no task, reason by reason. Meanings are those of the API's failure reasons. */
export declare function findFailures(evidence: Evidence): IncidentFinding[];
/** Answers that placed a part: a caller that looks at tasks alone takes them for success. */
export declare function findPartial(evidence: Evidence): IncidentFinding[];
/** Refusals by the name of the error, but for throttling, which has a finding of its own. */
export declare function findRejections(evidence: Evidence): IncidentFinding[];
/** Requests without a response that could be read. */
export declare function findUnanswered(evidence: Evidence): IncidentFinding[];
/** Tasks that ended otherwise than well. */
export declare function findStoppedTasks(evidence: Evidence): IncidentFinding[];
