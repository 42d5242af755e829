/**
 * The line, from 1, on which each pointer leads into a JSON text; for a missing member that of the nearest value around it. The text is
 * walked once. It must be JSON; of what is none, only the beginning is found.
 */
export declare function findLines(text: string, pointers: readonly (readonly string[])[]): number[];
