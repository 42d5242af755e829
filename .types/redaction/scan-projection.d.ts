/** A text of a value, and where it stands. */
export interface Projected {
    pointer: string;
    text: string;
    /** Whether the text is the name of the member at the pointer, or comes from it. */
    isName?: boolean;
}
/**
 * Every text of a value: strings, names of members, `NAME=value` for each pair of a name and a value, and what is inside base64,
 * hexadecimal, percent-encoding, JSON and compressed bytes, three layers deep. A pointer names the string that holds it.
 */
export declare function projectTexts(value: unknown): Projected[];
/** Bytes as text, unpacked where they are compressed; UTF-16 without its zeros. */
export declare function readBytes(bytes: Buffer): string[];
