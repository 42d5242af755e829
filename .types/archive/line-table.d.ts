/** Where a line lies, and its key. */
interface LinePlace {
    offset: number;
    length: number;
    high: number;
    low: number;
}
/** Facts of lines in columns: a million objects would take half a gigabyte. */
export declare class Lines {
    #private;
    count: number;
    readonly operations: string[];
    offsets: Float64Array<ArrayBuffer>;
    /** Six numbers a line: length, high, low, operation, invocation high and low. */
    facts: Uint32Array<ArrayBuffer>;
    /** Adds a line of ours by what stands at its beginning, without parsing it; says whether it is one. */
    addKeyed(bytes: Buffer, start: number, end: number, offset: number): boolean;
    /** Adds a line that was parsed. */
    note({ offset, length, high, low }: LinePlace, operation: string, invocation: string | undefined): void;
}
export {};
