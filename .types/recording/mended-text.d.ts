/** What a hand edit or a merge leaves in a text that is nearly JSON. */
export interface TextMend {
    kind: 'byte order mark' | 'trailing comma' | 'repeated member';
    /** From 1. */
    line: number;
}
/**
 * Parses a text that was JSON before somebody edited it: a byte order mark and commas behind a last member or item are left out, and so is a
 * member that stands twice with the same value. Throws `not-json` with line, column and remedy for what is left of a merge, for a member
 * that stands twice with two values (one would be lost without a word), and for any other breach of JSON's form; `too-large`, `too-deep`.
 */
export declare function parseMended(text: string, place: string): {
    value: unknown;
    mends: TextMend[];
};
