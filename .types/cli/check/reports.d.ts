import type { ReportForm } from './form.ts';
import type { Report } from './report.ts';
export interface ReportOptions {
    isVerbose: boolean;
    stream: NodeJS.WriteStream;
    env: Readonly<Record<string, string | undefined>>;
}
/** A report in the form that was asked for; in GitHub Actions the plain one makes annotations as well. */
export declare function createReport(form: ReportForm, { isVerbose, stream, env }: ReportOptions): Report;
