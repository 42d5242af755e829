import type { ReportForm } from '../check/form.ts';
export interface CheckPactsCommand {
    paths: string[];
    recordings: string[];
    form: ReportForm;
    /** Every info finding in full, not one line for each rule. */
    isVerbose: boolean;
    /** The rules file; left out, it is looked for. */
    rules: string | undefined;
}
/** Checks pacts against the documented contract, and against recordings where some are named; gives the exit code: 1 when a finding is an error. */
export declare function checkPacts({ paths, recordings, form, isVerbose, rules: file, }: CheckPactsCommand): Promise<number>;
