/** A JSON Pointer (RFC 6901) from its segments; no segment gives `''`, the whole value. */
export declare function formatPointer(segments: readonly (string | number)[]): string;
/** The segments of a JSON Pointer; `undefined` when the text is none. */
export declare function parsePointer(pointer: string): string[] | undefined;
