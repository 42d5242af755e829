import type { PlayedRecording } from './replay-artifact.ts';
/** What a whole run did not play. Paths are absolute; exchanges are numbers, from 1. */
export interface UnusedReport {
    unused: {
        path: string;
        exchanges: number;
        unused: number[];
    }[];
    /** Recording files that no test loaded. */
    orphans: string[];
}
/** What of one test counts. */
export interface TestPlayed {
    /** Whether a test of its file has: what that did not come to is no finding. */
    hasFailed: boolean;
    recordings: readonly PlayedRecording[];
}
/**
 * What all tests together did not play. An exchange is used when one test used it, in whatever worker or project. Of a recording that a file with
 * a failed test loaded nothing is told.
 *
 * @param folders where recordings lie that some test should load
 */
export declare function findUnused(tests: readonly TestPlayed[], folders: readonly string[]): UnusedReport;
/** The report for a terminal; empty where all was played. */
export declare function formatUnused({ unused, orphans }: UnusedReport, showPath: (path: string) => string): string;
