import type { Rules } from '../config/index.ts';
import type { ImportFinding, ImportFormat, ImportSource } from './imported.ts';
/** What to import, and where to. */
export interface ImportJob {
    format: ImportFormat;
    files: readonly string[];
    /** A recording, `x.json`, or an archive, `x.ndjson` or `x.ndjson.zst`. */
    out: string;
    operations: readonly string[];
    rules: Rules;
    /** Told often; what is cheap may be done here. */
    onProgress: (progress: ImportProgress) => void;
}
/** How far an import is. */
export interface ImportProgress {
    /** The file that is read, from 1. */
    file: number;
    /** What was read of all files so far, unpacked. */
    bytes: number;
    /** Exchanges and task state changes so far. */
    found: number;
}
export interface ImportResult {
    exchanges: number;
    taskStates: number;
    findings: ImportFinding[];
}
/** Imports files into one recording or archive, redacted; nothing is written where there is nothing. Throws what writing throws. */
export declare function importFiles({ files, ...job }: ImportJob): Promise<ImportResult>;
/** As {@link importFiles}, from what need not be files. */
export declare function importSources(job: Omit<ImportJob, 'files'> & {
    sources: readonly ImportSource[];
}): Promise<ImportResult>;
