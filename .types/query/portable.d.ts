import { type Token } from './tokens.ts';
/** Makes DuckDB understand Trino's names, in Trino's meaning: what is no JSON, or no scalar, is null; so is a text in which a pattern is not found. */
export declare const PORTABLE_MACROS: readonly string[];
/** Throws `usage`, with the place and what to write instead, for what does not mean the same in DuckDB and in Athena. */
export declare function requirePortable(sql: string, tokens: readonly Token[]): void;
