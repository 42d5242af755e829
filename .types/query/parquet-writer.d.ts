import { type Manifest } from './manifest.ts';
import type { Row } from './row.ts';
/** Writes an archive; it stands at its place whole, or not at all. */
export interface ParquetWriter {
    add(row: Row): Promise<void>;
    /** Gives the size of its files together. Throws `write-failed`, where somebody else has put something at its place meanwhile too. */
    finish(about: Pick<Manifest, 'madeAt' | 'redaction' | 'operations'>): Promise<{
        rows: number;
        bytes: number;
        files: number;
    }>;
    /** Takes away what was written so far. */
    abandon(): void;
}
/** Opens an archive for writing, beside its place under a name that no other run has. Throws `write-failed`, and `not-found` without DuckDB. */
export declare function openParquetWriter(out: string): Promise<ParquetWriter>;
