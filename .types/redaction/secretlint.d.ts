/** What secretlint found: in which of the texts, counted from 0, and what, in its words. */
export interface Found {
    index: number;
    kind: string;
}
/**
 * Searches texts with secretlint's recommended rules. It is loaded with the first call; one call reads many texts, a line or some each, which
 * is much quicker than a call for each of them.
 */
export declare function lintTexts(texts: readonly string[]): Promise<Found[]>;
