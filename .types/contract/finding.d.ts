/** How sure the contract is: the page = error; the AWS model = error with its date; prose of other pages = warning; advice = info. */
export type Severity = 'error' | 'warning' | 'info';
/** One thing wrong with a checked value. */
export interface Finding {
    /** JSON Pointer (RFC 6901) into the checked value. A missing member is reported at the pointer that it would have. */
    pointer: string;
    /** The rule's stable id, `request.startedBy.maxLength` for example: rules files name it. */
    rule: string;
    severity: Severity;
    message: string;
    /** Where the rule stands. */
    source: string;
    expected?: unknown;
    actual?: unknown;
}
