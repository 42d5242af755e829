import type { DuckDBAppender, DuckDBConnection, DuckDBPreparedStatement } from '@duckdb/node-api';
/** A database in memory with one connection. It spills nothing to a disk, loads no extension, and has no files of its own. */
export interface Database extends Disposable {
    connection: DuckDBConnection;
    /** Whether a statement does nothing but read. */
    readsOnly: (prepared: DuckDBPreparedStatement) => boolean;
}
export type { DuckDBAppender, DuckDBConnection };
/** Opens DuckDB, where the user installed it. Throws `not-found` where it is not. */
export declare function openDatabase(): Promise<Database>;
/** A text of SQL. */
export declare function quote(text: string): string;
