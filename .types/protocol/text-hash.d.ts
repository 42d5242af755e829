/** A digest of a text, in base64: equal for equal texts alone. */
export declare function hashText(text: string): string;
