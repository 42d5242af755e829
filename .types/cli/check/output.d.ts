import type { Writable } from 'node:stream';
/** Where data goes, at the pace of its reader. */
export interface Output {
    /** Writes, and waits until the reader has taken enough of it. */
    write(text: string): Promise<void>;
    hasWritten(): boolean;
    /** Whether the reader went away: `| head -1`. */
    isClosed(): boolean;
}
/** @param beforeWrite what to do first: a progress line leaves the screen */
export declare function createOutput(stream: Writable, beforeWrite: () => void): Output;
