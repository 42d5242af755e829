/** The text of a recording. Bytes that are no text are refused: written again they would be others. */
export declare function readExactText(path: string): string;
