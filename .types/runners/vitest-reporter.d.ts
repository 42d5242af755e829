/** `starttask-harness/vitest-reporter`: loaded by vitest's configuration, in the main process, where the fixtures cannot be. */
import type { Reporter } from 'vitest/node';
export interface UnusedRecordingsOptions {
    /** Folders in which every recording should be loaded by some test; otherwise the folder `recordings` below vitest's root, where there is one. */
    recordings?: string | readonly string[];
    /** Whether a run that leaves recordings unused is told of it (default), or fails. */
    whenUnused?: 'tell' | 'fail';
}
/**
 * A reporter that tells, on standard error, what of the recordings no test played, in whatever worker or project: exchanges that nobody asked for,
 * and files that nobody loaded. It counts what tests made with `test` of `starttask-harness/vitest` played, by whatever adapter. It is silent
 * where not all tests ran: a filter of files, names, tags or projects, a shard, `only`, what was changed, or a run that was stopped. Merged
 * reports (`--merge-reports`) count together. Throws `usage` for an unknown option.
 */
export declare function unusedRecordings(options?: UnusedRecordingsOptions): Reporter;
