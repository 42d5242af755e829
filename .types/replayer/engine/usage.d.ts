import type { ExchangePlace } from './library.ts';
/** The `format` of a file that tells what a process played. */
export declare const USAGE_FORMAT = "starttask-usage";
export declare const USAGE_VERSION = 1;
/** What a process played of one recording. */
export interface RecordingUsage {
    /** Where it is, seen from the folder of the usage file: whoever reads it may stand elsewhere. */
    path: string;
    /** How many exchanges it held. */
    exchanges: number;
    /** The numbers of those that were played, from 1. */
    played: number[];
}
/** What was loaded, and what was played of it. */
export interface Tracked {
    used(): (ExchangePlace & {
        times: number;
    })[];
    unused(): ExchangePlace[];
    recordings(): {
        recording: string;
        exchanges: number;
    }[];
}
/** Tells of each replayer that is made in this process from now on. */
export declare function watchReplayers(watch: (replayer: Tracked) => void): void;
/**
 * Has what a replayer played written when the process ends, to a file of its own in the folder that `STARTTASK_USAGE` names; without that
 * variable nothing is kept. What cannot be written is a warning.
 */
export declare function trackUsage(replayer: Tracked): void;
/** Writes at once what a replayer played, to a file of its own in the folder. Throws what writing throws. */
export declare function noteUsage(folder: string, replayer: Tracked): void;
