import type { ArchiveFinding } from './finding.ts';
/** What is in an archive file, compressed or not. Offsets are those of the content. */
export interface Content {
    /** The bytes that it had when it was opened: what is added later is not seen. */
    readonly size: number;
    /** Tells one state of the file from another. */
    readonly stamp: string;
    readonly findings: readonly ArchiveFinding[];
    /** Throws when the file has become shorter. */
    readAt(offset: number, length: number): Buffer;
    /** Fills the target from `at` on, as far as there is content; gives how many bytes. */
    readInto(target: Buffer, at: number, offset: number): number;
    /** Where the next part begins that can be read by itself, behind the one that this byte is in. */
    findNextPart(offset: number): number;
    /** What is said of the file now, where it is no longer what it was. */
    lookAgain(): ArchiveFinding | undefined;
}
/** Opens the file. Throws `not-found`, and `recording-invalid` for a compressed file that cannot be read from its middle, with what to do about it. */
export declare function openContent(path: string): Content;
