import type { Content } from './content.ts';
import { type BuiltIndex, type IndexHead } from './layout.ts';
/** What the index knows of a line. */
export interface IndexRecord {
    offset: number;
    length: number;
    /** From 1; 0 is none. */
    next: number;
    operation: number;
    invocationHigh: number;
    invocationLow: number;
}
/** An index that is asked where it lies, in a file or in memory. */
export interface Index {
    head: IndexHead;
    readSlots(first: number, count: number): Buffer;
    readRecord(line: number): IndexRecord;
}
/** Reads the index as it is asked: opening costs the same for a thousand lines and a million. */
export declare function openIndex(path: string, stamp: string): Index | undefined;
/** Writes it beside the archive; where that cannot be, it lives in memory and is made again next time. */
export declare function keepIndex(path: string, stamp: string, built: BuiltIndex, content: Content): Index;
/** The lines with a key, in order. */
export declare function findInIndex(index: Index, digest: string): number[];
export declare function nameInvocation({ invocationHigh, invocationLow }: IndexRecord): string | undefined;
/** The last line of each invocation, and each line without one. */
export declare function listLast(index: Index): number[];
