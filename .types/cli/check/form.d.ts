/** `plain` is for a person, `records` one line a finding for programs. */
export type ReportForm = 'plain' | 'records' | 'json' | 'sarif' | 'github';
/** The form that options ask for; no two of them can be given together. */
export declare function chooseForm({ json, sarif, github, plain, }: Record<'json' | 'sarif' | 'github' | 'plain', boolean>): ReportForm;
