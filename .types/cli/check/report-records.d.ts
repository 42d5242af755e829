import type { Report } from './report.ts';
/** Every finding on one line, its fields between tabs; nothing else, so that no finding is no output. */
export declare function createRecordReport(): Report;
