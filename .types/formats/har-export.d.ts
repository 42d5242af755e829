import { type Recording } from '../protocol/index.ts';
/**
 * Recordings as one HTTP archive 1.2, exchanges in the order of the recordings. Attempts and kinds of failures stand in members of our own,
 * whose names begin with an underscore as the specification asks; durations that nobody measured are 0.
 */
export declare function formatHar(recordings: readonly Recording[]): object;
