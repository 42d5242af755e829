/** A piece of SQL. Comments and spaces are none. */
export interface Token {
    kind: 'word' | 'name' | 'text' | 'number' | 'parameter' | 'sign';
    /** Words in lower case; parameters without their colon. */
    text: string;
    /** Where it begins in the SQL, and what follows it. */
    start: number;
    end: number;
}
/** Splits SQL into its pieces. Throws `usage` for a text, name or comment without an end, and for a character that stands nowhere in SQL. */
export declare function splitTokens(sql: string): Token[];
/** Line and column of a place, from 1, and what stands there. */
export declare function describePlace(sql: string, start: number): string;
