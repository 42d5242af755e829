import { type ImportFinding } from '../formats/index.ts';
import type { Rules } from '../config/index.ts';
/** What an archive is made of. */
export interface BuildJob {
    /** Recordings, archives of lines, CloudTrail's files, folders of them, and `s3://bucket/prefix`. */
    paths: readonly string[];
    /** The folder that the archive becomes. */
    out: string;
    /** What is taken from CloudTrail. */
    operations: readonly string[];
    rules: Pick<Rules, 'keep' | 'redact'>;
    onProgress?: (rows: number, place: string) => void;
    /** Gives it up; nothing stays. */
    signal?: AbortSignal;
}
/** What was made, and what was left out. */
export interface Built {
    rows: number;
    files: number;
    bytes: number;
    findings: ImportFinding[];
}
/**
 * Makes an archive of Parquet files, by region and day, redacted by the rules of recordings. What cannot be read is a finding, and the rest is taken. Memory does
 * not grow with what is read, but for recordings, which are parsed whole. Throws `usage` where `out` is there already, `not-found`, `recording-invalid` where there is
 * nothing to keep, `write-failed`.
 */
export declare function buildParquetArchive(job: BuildJob): Promise<Built>;
