import { type Report } from './report.ts';
/**
 * A SARIF 2.1.0 log, as GitHub code scanning reads it. Results come first and the rules that they name after them, since these are known
 * last. File names are relative to `folder`.
 */
export declare function createSarifReport(folder: string): Report;
