/** What a command's help opens with. */
export declare function formatExamples(...examples: readonly string[]): string;
/** Reads an option that may be given again, or hold several values with commas between them. */
export declare function collect(value: string, before: string[]): string[];
/** Reads an option that may be given again, each time with one value. */
export declare function collectAgain(value: string, before: string[]): string[];
