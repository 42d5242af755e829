import { type Progress } from './progress.ts';
/** The progress of work that a signal may end at any time. */
export interface LongWork extends Progress {
    /** Clears the line; from then on signals are somebody else's. */
    end(): void;
}
/**
 * A progress line for work that takes its time; off a terminal, in CI and on one that is dumb it shows nothing. SIGINT and SIGTERM take the line
 * away and end the process with 130 or 143; who has something half written takes it away when the process ends.
 *
 * @param inputs what is read: while it waits for a pipe by its name Node.js cannot exit, so that the signal itself has to end it
 */
export declare function startProgress(inputs: readonly string[]): LongWork;
