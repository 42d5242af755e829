import type { Report } from './report.ts';
/** One JSON document with every finding in full, a line for each. What comes last is what is known last: how many were checked. */
export declare function createJsonReport(): Report;
