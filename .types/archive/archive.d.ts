import { type Exchange } from '../protocol/index.ts';
import { type Derived } from './build.ts';
import type { ArchiveFinding } from './finding.ts';
export type { ArchiveFinding } from './finding.ts';
/** Exchanges that stay in their file. Numbers of exchanges count from 0, in the order of the lines that are whole. */
export interface Archive {
    readonly path: string;
    readonly count: number;
    readonly operations: readonly string[];
    readonly redactedBy: unknown;
    /** What is wrong with it, as far as is known; more may be found when lines are read. */
    findings(): readonly ArchiveFinding[];
    /** Those whose request has that digest (base64), in order. */
    find(digest: string): number[];
    /** Equal for attempts of one invocation, `undefined` for those of none. */
    readInvocation(index: number): string | undefined;
    readOperation(index: number): string;
    /** Throws `recording-invalid`, with file and offset, for a line that is no longer what it was. */
    read(index: number): Exchange;
    /** Those that answer in place of all attempts of their invocations are the last ones. */
    listLastAttempts(): number[];
}
/** How an archive is opened. */
export interface OpenArchive {
    /** By what rules `derive` makes digests. */
    keys: string;
    derive(exchange: Exchange, redactedBy: unknown): Derived;
    /** Told while the index is made, in bytes. */
    onProgress?: ((done: number, total: number) => void) | undefined;
    /** Told of what is found after the opening. */
    onFinding?: (finding: ArchiveFinding) => void;
}
/** Whether a path names an archive, by its ending. */
export declare function isArchive(path: string): boolean;
/**
 * Opens an archive by the index beside it, which is made where there is none, or none that fits: of another state of the file, or of other rules. The
 * index is derived and can be deleted at any time. Throws `not-found`, and `recording-invalid` for what is no archive.
 */
export declare function openArchive(path: string, opening: OpenArchive): Archive;
