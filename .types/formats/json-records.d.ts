import type { ImportSource, TellFinding } from './imported.ts';
/** A record and the line that it begins in, from 1. */
export interface JsonRecord {
    value: unknown;
    line: number;
    /** For messages: which record of its line it is, where there are more; otherwise empty. */
    place: string;
    /** The same value with the digits of each number, where parsing at once may have lost some. */
    readExactly(): unknown;
}
/**
 * Reads the records of a source. A whole document is parsed at once, which is fastest; one that breaks off or is broken gives the records that are
 * whole, and the rest is told with its line.
 */
export declare function readJsonRecords(source: ImportSource, tell: TellFinding): AsyncGenerator<JsonRecord>;
