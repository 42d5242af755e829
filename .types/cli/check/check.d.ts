import { type CheckedAs } from './documents.ts';
import type { ReportForm } from './form.ts';
export type { CheckedAs } from './documents.ts';
export interface CheckCommand {
    paths: string[];
    as: CheckedAs | undefined;
    form: ReportForm;
    /** A file that gets a summary in Markdown; otherwise the one that GitHub Actions names. */
    summary: string | undefined;
    /** Every info finding in full, not one line for each rule. */
    isVerbose: boolean;
    /** Files are one document a line, whatever their names. */
    isLines: boolean;
    /** The rules file; left out, it is looked for. */
    rules: string | undefined;
}
/** Checks bodies and recordings against the documented contract; gives the exit code: 1 when a finding is an error. */
export declare function check({ paths, as, form, isVerbose, isLines, rules: file, summary: told, }: CheckCommand): Promise<number>;
