/** The pact files that paths name; of a folder all that end in .json. Throws `not-found` for a path that does not exist, or a folder without any. */
export declare function listPactFiles(paths: readonly string[]): string[];
