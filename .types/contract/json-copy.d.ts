/** How many values (objects, arrays, members, items) a checked value may have. */
export declare const MAX_NODES = 100000;
/** A plain copy of a value, or why none was made. */
export type JsonCopy = {
    value: unknown;
} | {
    refused: 'depth' | 'size';
};
/**
 * Copies a value that nobody has looked at yet, without recursion and without trust: each member is read once, `undefined` members are
 * left out, an `undefined` item is null. What JSON cannot say (a function, a bigint, a Map, a getter that throws) becomes a symbol whose
 * description says what it was, so that it has a wrong type wherever it stands.
 *
 * Refuses above {@link MAX_DEPTH} levels, and so every cycle, and above {@link MAX_NODES} values.
 */
export declare function copyJson(value: unknown): JsonCopy;
/** A member's value; a symbol when reading it throws. */
export declare function readMember(source: object, key: string | number): unknown;
/** What a copied value is, in words: `a string`, `null`, `an array`, `a function`. */
export declare function describeKind(value: unknown): string;
