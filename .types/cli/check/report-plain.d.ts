import { type Report } from './report.ts';
export interface PlainOptions {
    /** Every info finding in full, not one line for each rule. */
    isVerbose: boolean;
    /** Decides about colours, and on a terminal about the width. */
    stream: NodeJS.WriteStream;
}
/** Findings for a person: file by file with a line between, each with what is wrong, its rule and source; infos folded; counts last. */
export declare function createPlainReport({ isVerbose, stream }: PlainOptions): Report;
