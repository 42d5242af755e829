/** The largest body, in bytes, that is read in either direction. */
export declare const MAX_BODY_BYTES: number;
/** The deepest nesting that is read: every walk over a value may recurse this far and no further. */
export declare const MAX_DEPTH = 100;
export type JsonObject = {
    [member: string]: unknown;
};
/** A number whose text says more than a double holds, as `JSON.rawJSON` gives it. */
interface RawNumber {
    readonly rawJSON: string;
}
declare global {
    interface JSON {
        parse(text: string, reviver: (this: unknown, key: string, value: unknown, context: {
            source?: string;
        }) => unknown): unknown;
        rawJSON(text: string): RawNumber;
        isRawJSON(value: unknown): value is RawNumber;
    }
}
/**
 * Parses a JSON body. A number that a double cannot hold keeps its digits (`JSON.rawJSON`, which `JSON.stringify` writes back as they
 * were). An empty body is `undefined`.
 *
 * Throws `too-large` above `maxBytes`, `too-deep` above 100 levels (measured before parsing), `not-json` for anything else.
 */
export declare function parseBody(body: string | Uint8Array, maxBytes?: number): unknown;
/** As {@link parseBody}, for a text that went through it before: it is not measured again. */
export declare function parseKnown(text: string): unknown;
/** Whether a number of a JSON text may be none that a double holds; right whenever it says no. */
export declare function mayBeInexact(text: string): boolean;
/** The text of a body. Throws `too-large` above `maxBytes`, `not-json` for bytes that are not UTF-8. */
export declare function readBodyText(body: string | Uint8Array, maxBytes?: number): string;
/** How deeply arrays and objects nest in a JSON text, without parsing it. */
export declare function measureDepth(text: string): number;
/** Whether an object in a JSON text has a member twice, of which the parsed value holds the last alone: the text has more colons than it has members. */
export declare function hasRepeatedMembers(text: string, parsed: unknown): boolean;
/** Whether a value is a JSON object: neither an array, nor null, nor a number kept by its digits. */
export declare function isObject(value: unknown): value is JsonObject;
/** Whether a value is a JSON number, exact digits included. */
export declare function isNumber(value: unknown): boolean;
/**
 * One text for every way to write the same JSON value: members sorted by UTF-16 code unit, no spaces, numbers by value, `undefined`
 * members dropped. Array order stays, since it carries meaning. The value must not nest deeper than {@link MAX_DEPTH}.
 */
export declare function formatCanonicalJson(value: unknown): string;
/** A copy of the value in which every object's members are sorted: the order in which recordings are written. */
export declare function sortMembers(value: unknown): unknown;
export {};
