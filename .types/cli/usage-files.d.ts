import { HarnessError } from '../message/index.ts';
/** What all runs together played, by absolute path. Throws `not-found` where none has noted anything, `recording-invalid` for other files. */
export declare function readUsage(folder: string): Map<string, {
    exchanges: number;
    played: Set<number>;
}>;
/** A usage that no longer fits its recording. */
export declare function describeChanged(path: string): HarnessError;
