/** Where a value is not as it was expected to be. */
export interface Unmet {
    /** JSON Pointer into the value. */
    pointer: string;
    expected: unknown;
}
/**
 * The first place where `actual` is not as expected; `undefined` when all is. An object may have members that the expected one has not,
 * lists are compared item by item; `undefined` expects absence, a RegExp a text that it matches, and an object with `asymmetricMatch` decides
 * itself (`expect.any(String)` is one).
 */
export declare function findUnmet(expected: unknown, actual: unknown, path?: readonly string[]): Unmet | undefined;
/** An expected value for a message, on one line; matchers of runners and expressions by the name that they give themselves. */
export declare function formatExpected(expected: unknown): string;
