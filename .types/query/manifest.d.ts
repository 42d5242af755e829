declare const FORMAT = "starttask-parquet";
/** What an archive consists of: written last, so that a folder without it is no archive. */
export interface Manifest {
    format: typeof FORMAT;
    version: 1;
    /** UTC in ISO 8601. */
    madeAt: string;
    /** The hash of the rules that it was redacted by. */
    redaction: string;
    operations: readonly string[];
    rows: number;
    /** Paths in the folder, with their sizes. */
    files: readonly {
        path: string;
        bytes: number;
    }[];
}
/** Whether a folder is an archive of Parquet files. */
export declare function isParquetArchive(folder: string): boolean;
/** Writes what a folder consists of into it. */
export declare function saveManifest(folder: string, manifest: Omit<Manifest, 'format' | 'version'>): void;
/** Reads what an archive consists of, and sees that it is all there. Throws `recording-invalid` where a file is missing or has another size. */
export declare function loadManifest(folder: string): Manifest;
export {};
