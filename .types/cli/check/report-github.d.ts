import { type Report } from './report.ts';
export interface GithubOptions {
    /** Every info finding, not one for each rule. */
    isVerbose: boolean;
    /** The folder from which file names are told: the checkout. */
    folder: string;
    /** Whether the report ends with the counts. */
    hasSummary: boolean;
}
/** Findings as workflow commands, which GitHub Actions shows beside the lines of a change. Infos are folded: a step shows few notices. */
export declare function createGithubReport({ isVerbose, folder, hasSummary }: GithubOptions): Report;
