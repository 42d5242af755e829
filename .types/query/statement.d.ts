import type { Question } from './result.ts';
/** A query as it is handed to an engine: the same text for each. */
export interface Statement {
    /** With `?` in place of each parameter. */
    text: string;
    /** What stands for each `?`, in order. */
    values: readonly string[];
}
/**
 * Reads a query: one SELECT, in which `:name` stands for a parameter. Nothing is put into the text: both engines are given the values beside it. `dialect`
 * `portable` takes only what means the same in DuckDB and Athena; `duckdb` leaves it at one SELECT. Throws `usage`.
 */
export declare function parseStatement({ sql, parameters }: Question, dialect: 'portable' | 'duckdb'): Statement;
