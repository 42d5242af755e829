export type Runner = 'vitest' | 'jest' | 'node' | 'mocha';
/** The runner of a project, and what told it. */
export interface FoundRunner {
    runner: Runner;
    from: string;
}
/** Finds the test runner: by what scripts begin, then by packages, then by files. Without any of them it is Node.js's own, which needs nothing. */
export declare function findRunner(folder: string, manifest: Readonly<Record<string, unknown>>): FoundRunner;
