import type { ArchiveFinding } from './finding.ts';
import type { ArchiveHeader } from './format.ts';
import type { Lines } from './line-table.ts';
/** An index in bytes: a head as JSON, a table from keys to lines, and what is known of each line. */
export interface BuiltIndex {
    head: IndexHead;
    /** Table and records. */
    body: Buffer;
}
export interface IndexHead {
    count: number;
    /** A power of two, so that a key's own bits say where to look. */
    slots: number;
    operations: string[];
    redactedBy: unknown;
    hasKeys: boolean;
    findings: ArchiveFinding[];
}
/** High, low, and the first line with that key, from 1; 0 is an empty slot. */
export declare const SLOT_BYTES = 16;
/** Offset (8), length, next line with the same key from 1, operation, invocation high and low. */
export declare const RECORD_BYTES = 32;
export declare function packIndex({ lines, findings, header, }: {
    lines: Lines;
    findings: ArchiveFinding[];
    header: ArchiveHeader | undefined;
}): BuiltIndex;
/** The bytes of an index file, but for its body; `stamp` says of what state of what file, under what rules it is. */
export declare function formatHead(head: IndexHead, stamp: string): Buffer;
/** Reads an index file's head; `undefined` for one that is damaged, of another file, state or rules, or cut off. Gives where its body begins. */
export declare function readHead(readAt: (offset: number, length: number) => Buffer, size: number, stamp: string): {
    head: IndexHead;
    bodyAt: number;
} | undefined;
