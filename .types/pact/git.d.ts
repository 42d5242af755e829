/** A version and a branch, each with where it comes from. */
export interface SourceVersion {
    version: string;
    versionFrom: string;
    branch: string | undefined;
    branchFrom: string | undefined;
    /** There are changes that no commit has. */
    isDirty: boolean;
}
/** Reads the version of the working directory. Throws `usage` where git knows none and none is given. */
export declare function readSourceVersion(given: {
    version?: string;
    branch?: string;
}, env?: NodeJS.ProcessEnv): SourceVersion;
