/** What a matcher gives: vitest and jest read it in one form. */
export interface MatcherResult {
    pass: boolean;
    /** Of the failure: of `.not` where `pass`, else of the matcher itself. Safe to print. */
    message: () => string;
    /** What was found, and what was expected, in a word or as data: runners show both and how they differ. Absent where the message says it all. */
    actual?: unknown;
    expected?: unknown;
}
/** What runners bind a matcher to, as far as it is read; nothing where one is called as a plain function. */
export type MatcherContext = {
    readonly isNot?: boolean;
} | void;
/** A line for a message: a label of at most ten letters, and what it labels. */
export declare function formatLine(label: string, text: string): string;
/** The first `most` of the lines, and how many more there are. */
export declare function shortenLines(lines: readonly string[], label: string, most?: number): string[];
/** `one task`, `2 tasks`. */
export declare function countNoun(count: number, noun: string): string;
