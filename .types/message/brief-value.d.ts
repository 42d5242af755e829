/** Formats a JSON value for a message: on one line, escaped, at most `most` characters. */
export declare function formatValueBriefly(value: unknown, most?: number): string;
