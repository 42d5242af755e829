/** One thing that the provider answered otherwise than the interaction says. */
export interface Mismatch {
    /** `status`, `header content-type`, `state`, `request`, or the JSON Pointer of a place in the response's body; empty for the whole of it. */
    place: string;
    message: string;
    expected?: string;
    actual?: string;
}
/** What came of one interaction. */
export interface VerifiedInteraction {
    consumer: string;
    description: string;
    states: readonly string[];
    passed: boolean;
    mismatches: readonly Mismatch[];
}
/** Reads the report of the verifier: JSON in the message that it rejects with. Throws `upstream-unreachable` for a failure before any interaction. */
export declare function readResults(report: string): VerifiedInteraction[];
