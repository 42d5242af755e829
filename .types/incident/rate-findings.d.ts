import { type Evidence, type IncidentFinding } from './finding.ts';
/** Stretches of throttling. */
export declare function findThrottling(evidence: Evidence): IncidentFinding[];
/** Times in which callers mostly repeated themselves. */
export declare function findRetryStorms(evidence: Evidence): IncidentFinding[];
/** Times in which nobody asked, though before and after they did. */
export declare function findGaps(evidence: Evidence): IncidentFinding[];
