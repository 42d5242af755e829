import type { SessionReport } from './session.ts';
/** What a process has to say of its session when it ends: one line, and one for each difference from the recordings. */
export declare function narrate(report: SessionReport, path: string): string;
