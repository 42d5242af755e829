/** A line that is not empty. Its bytes are left out when there were too many. */
export interface Line {
    /** Counts from 1. */
    line: number;
    bytes: Buffer | undefined;
    /** No line feed ends it: the file may have been cut short there. */
    isUnended: boolean;
}
export interface LineSplitter {
    /** The lines that end in this chunk. */
    push(chunk: Buffer): Line[];
    /** The line that nothing ended, when there is one. */
    end(): Line[];
}
/** Splits bytes into lines and holds no more than one line of `most` bytes; of a longer one nothing is held. */
export declare function createLineSplitter(most: number): LineSplitter;
/** Whether a byte is white space of JSON. */
export declare function isSpace(byte: number): boolean;
