import { type Exchange, type JsonObject } from '../protocol/index.ts';
/** The `format` of an archive's first line. */
export declare const ARCHIVE_FORMAT = "starttask-archive";
export declare const ARCHIVE_VERSION = 1;
/** A longer line is no exchange. */
export declare const MAX_LINE_BYTES: number;
/** The first line of an archive. */
export interface ArchiveHeader {
    format: typeof ARCHIVE_FORMAT;
    version: typeof ARCHIVE_VERSION;
    /** When it was made, UTC in ISO 8601. */
    recordedAt: string;
    provenance: Record<string, unknown>;
    /** By what rules the keys of its lines were made. */
    keys: string;
}
/** Where the part of a line begins that its sum is of. */
export declare const REST_AT: number;
/** One exchange as a line: key and sum first, each at its fixed place, so that they are read without parsing. */
export declare function formatLine(exchange: Exchange, key: string): string;
/** The key of an exchange of which the whole digest is known, in base64. */
export declare function shortenDigest(digest: string): string;
/** Whether key and sum stand at their places in `bytes[start..end)`, as they do not in a line that somebody wrote by hand. */
export declare function hasLineHead(bytes: Buffer, start: number, end: number): boolean;
/** The first four bytes of a line's key, and the next four; -1 for what is no key. */
export declare function readKeyHigh(bytes: Buffer, start: number): number;
export declare function readKeyLow(bytes: Buffer, start: number): number;
/** Whether a line with a head is what it was when it was written. */
export declare function isLineWhole(line: Buffer): boolean;
/** Eight hexadecimal digits as a number; -1 for what is none. */
export declare function readHex(bytes: Uint8Array, start: number): number;
/** A line as JSON, without what was added to its exchange for finding it. Throws what parsing throws. */
export declare function parseLine(bytes: Uint8Array): unknown;
/** The exchange of a parsed line. */
export declare function stripLine(line: JsonObject): JsonObject;
/** The header that a parsed first line is, if it is one. */
export declare function readHeader(value: unknown): ArchiveHeader | undefined;
