import { HarnessError } from '../message/index.ts';
import { type Database } from './duckdb.ts';
/** Of what `cloudtrail_logs` is made. */
export type TableSource = {
    kind: 'archive';
    folders: readonly string[];
} | {
    kind: 'cloudtrail';
    files: readonly string[];
};
/**
 * Makes `cloudtrail_logs` and shuts the database: from here on it opens the table's files and no other, whatever a query says, and no setting can be changed. Throws
 * `recording-invalid` where a file is missing or damaged.
 */
export declare function openTable({ connection }: Database, source: TableSource): Promise<void>;
/** An error of reading, told as damage to what was named. */
export declare function describeDamage(source: TableSource, cause: unknown): HarnessError;
