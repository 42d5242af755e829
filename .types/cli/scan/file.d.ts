/** A secret in a file. `exchange` counts from 1 in a recording, `line` from 1 in a text; the value is never told. */
export interface ScanFinding {
    file: string;
    exchange?: number;
    line?: number;
    pointer?: string;
    kind: string;
}
/** Where findings go as they come, and what could not be looked at. */
export interface ScanReport {
    add(finding: ScanFinding): void;
    /** A part of the file was not searched. */
    miss(file: string, reason: string): void;
}
/**
 * Searches a file, or `-` for standard input: a recording by its exchanges, other JSON by its members, other text by its lines, whatever its
 * size; a small file that is no text by the texts in it. Throws when the file cannot be read, `too-large` for a large one that is no text.
 */
export declare function scanFile(file: string, report: ScanReport): Promise<void>;
