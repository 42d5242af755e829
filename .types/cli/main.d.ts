/** Runs the command line and sets the process's exit code; it never calls `process.exit`, which would cut piped output short. */
export declare function main(argv: readonly string[]): Promise<void>;
