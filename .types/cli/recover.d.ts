/** Puts in place what killed recorders left in their journals; gives the exit code. */
export declare function recover(paths: readonly string[]): Promise<number>;
