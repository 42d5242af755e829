/**
 * Formats a number with its noun: `1 exchange`, `2 exchanges`.
 *
 * @param plural the plural form, where it is not the noun with an `s`
 */
export declare function formatCount(count: number, noun: string, plural?: string): string;
/** Joins names as a sentence lists them: `a, b or c`. */
export declare function joinNames(names: readonly string[], conjunction?: 'and' | 'or'): string;
/** Returns the reason of whatever was thrown: an error's message, or the value as text. */
export declare function describeReason(error: unknown): string;
