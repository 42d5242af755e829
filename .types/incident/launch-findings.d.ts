import { type Evidence, type IncidentFinding } from './finding.ts';
/**
 * Launches that nobody meant. StartTask has no client token: a request that is sent again after a response that told nothing starts a second
 * task, if the first had started one.
 */
export declare function findDoubleLaunches(evidence: Evidence): IncidentFinding[];
/** Equal requests of different invocations that started tasks soon after each other: meant, or not. */
export declare function findRepeatedLaunches(evidence: Evidence): IncidentFinding[];
