import type { ImportSource, TellFinding } from './imported.ts';
/** The longest line, or record, that is read. A response of StartTask has some tens of kilobytes. */
export declare const MAX_RECORD_BYTES: number;
/** A line without its end; `line` counts from 1. */
export interface Line {
    text: string;
    line: number;
}
/** The lines of a source. One that is too long is told and left out; where the source breaks off, that is told, and what came before is given. */
export declare function readLines(source: ImportSource, tell: TellFinding): AsyncGenerator<Line>;
/** What there is of a source that may break off: a cut gzip stream, a disk that fails. */
export declare function readToEnd(source: ImportSource, tell: TellFinding, line: () => number | undefined): AsyncGenerator<Uint8Array>;
export declare function describeTooLarge(line: number, bytes: number): {
    readonly line: number;
    readonly rule: 'import.too-large';
    readonly severity: 'error';
    readonly message: `a record of ${number} bytes; more than ${number} are not read`;
};
