import type { Exchange } from './exchange.ts';
/** The `format` of every recording. */
export declare const RECORDING_FORMAT = "starttask-recording";
/** The format version that this package reads and writes. */
export declare const RECORDING_VERSION = 1;
/** Exchanges in order, in one file, with where they came from. */
export interface Recording {
    format: typeof RECORDING_FORMAT;
    version: typeof RECORDING_VERSION;
    /** When the recording began, UTC in ISO 8601. */
    recordedAt: string;
    provenance: Record<string, unknown>;
    /** What was told of tasks besides, where anything was: a replayer does not look at it. */
    taskStateChanges?: TaskStateChange[];
    exchanges: Exchange[];
}
/** What an ECS Task State Change of EventBridge told, in the form that a task has in answers: times in seconds since 1970. */
export interface TaskStateChange {
    /** Milliseconds since the recording began. */
    atMs: number;
    task: Record<string, unknown>;
}
