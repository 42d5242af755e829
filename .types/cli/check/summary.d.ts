import type { CheckedDocument } from './documents.ts';
import { type Summary } from './report.ts';
/** A summary in the making, for the page of a CI run. */
export interface CheckSummary {
    add(document: CheckedDocument): void;
    /** Appends the summary to the file, which others may have begun. Throws `write-failed`. */
    finish(summary: Summary): void;
}
/** Where the summary goes: the file that is named, else the one that GitHub Actions names for a step; `undefined` for nowhere. */
export declare function chooseSummaryFile(told: string | undefined, env: Readonly<Record<string, string | undefined>>): string | undefined;
/** @param title what was checked, as a heading; none of it foreign */
export declare function createCheckSummary(file: string, title: string): CheckSummary;
