/** The recording files of a folder that nobody has written since a time, in milliseconds since 1970; none for a single file. */
export declare function listStaleFiles(path: string, since: number): string[];
