/** Throws `usage` for an option that is not among `known`, and for a wrong value of those that every recorder has. */
export declare function refuseWrongRecorderOptions(options: {
    allow?: readonly string[];
    note?: string;
}, known: readonly string[]): void;
