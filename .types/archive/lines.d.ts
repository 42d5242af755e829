import { type Exchange } from '../protocol/index.ts';
import type { ArchiveFinding } from './finding.ts';
import { type ArchiveHeader } from './format.ts';
/** What comes out of a file of lines. */
export interface ArchiveLine {
    exchange: Exchange;
    /** Bytes of the file that were read so far, and all of them. */
    read: number;
    total: number;
}
/**
 * Reads a file of lines from its beginning to its end: an archive, or NDJSON of exchanges from elsewhere; plain, gzip, or zstd in however many frames. What is no
 * exchange, or cut off, is told, and the rest is given. Throws `not-found`.
 */
export declare function readArchiveLines(path: string, tell: (finding: ArchiveFinding) => void, onHeader?: (header: ArchiveHeader) => void): AsyncGenerator<ArchiveLine>;
/** The bytes of a file from its beginning to its end, unpacked where it is gzip or zstd. Throws `not-found`, and what unpacking throws where it is cut off. */
export declare function readUnpacked(path: string): AsyncGenerator<Buffer>;
