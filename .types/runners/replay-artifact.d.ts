import type { TestArtifactBase } from 'vitest';
import type { Tracked } from '../replayer/engine/index.ts';
/** The type of the artifacts by which tests tell what they played. */
export declare const REPLAY_ARTIFACT = "starttask-harness:replay";
/** What one test had, and what it played of it. Exchanges are numbers, from 1. */
export interface ReplayArtifact extends TestArtifactBase {
    type: typeof REPLAY_ARTIFACT;
    recordings: PlayedRecording[];
}
export interface PlayedRecording {
    /** Absolute: workers and projects may stand in other folders. */
    path: string;
    exchanges: number;
    used: number[];
    unused: number[];
}
declare const key: unique symbol;
declare module 'vitest' {
    interface TestArtifactRegistry {
        [key]: ReplayArtifact;
    }
}
/** Accounts for the recordings that have a file: others have nothing that could be taken out. */
export declare function describePlayed(replayer: Tracked): ReplayArtifact;
export {};
