/** A member's name, an item's number, or any of them. */
export type PathStep = string | number | {
    any: true;
};
/** Writes a path: names with other characters than letters, digits, `_` and `-` in brackets. */
export declare function formatPath(steps: readonly PathStep[]): string;
/** Reads a path expression; `undefined` when it is none, or has more than a hundred steps. Paths are remembered: interactions share them. */
export declare function parsePath(path: string): readonly PathStep[] | undefined;
/** The JSON Pointer of a path without wildcards; those become the first item. */
export declare function formatPathPointer(path: string): string;
