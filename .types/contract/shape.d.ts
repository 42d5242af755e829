/** What the API page shows at one place of a body. The generated trees of these are made from the schemas in contracts/. */
export interface Shape {
    readonly type: string;
    /** Where its rules stand; absent where the parent's source holds. */
    readonly source?: string;
    readonly required?: readonly string[];
    /** Of an object, by name. */
    readonly members?: Readonly<Record<string, Shape>>;
    /** Members that the page does not show and later models have, by name. */
    readonly newer?: Readonly<Record<string, NewerMember>>;
    /** Of an array. */
    readonly items?: Shape;
}
/** A member that a later model has. `since` is a date, or says between which. */
export interface NewerMember {
    readonly since: string;
    readonly source: string;
}
/** A rule that no schema can say, and code checks. */
export interface RuleInCode {
    readonly severity: 'error' | 'warning' | 'info';
    readonly source: string;
}
/** The HTTP status that the API page gives an error, and whose fault it is. */
export interface DocumentedError {
    readonly status: number;
    readonly fault: 'client' | 'server';
    readonly meaning: string;
}
/** An error common to all actions. `statuses`: every HTTP status that a page gives it or that was seen. */
export interface CommonError {
    readonly statuses: readonly number[];
    readonly fault: 'client' | 'server';
    /** Whether the AWS SDKs send the request again. */
    readonly retried: boolean;
    readonly meaning: string;
}
/** What can come back instead of AWS JSON: a failure of the connection, or a response of somebody else. */
export type TransportFault = {
    readonly failure: 'refused' | 'reset' | 'timeout' | 'truncated';
    readonly code: string;
    readonly meaning: string;
} | {
    readonly status: number;
    readonly contentType: string;
    readonly body: string;
    readonly meaning: string;
};
/** What can befall a response that comes back: `ms` in milliseconds, where the fault has a measure. */
export interface ResponseFault {
    readonly ms?: number;
    readonly contentType?: string;
    readonly meaning: string;
}
/** A `reason` of a failure in an HTTP 200, and which operations give it. The list is open. */
export interface FailureReason {
    readonly operations: readonly string[];
    readonly meaning: string;
}
/** A text that users saw from the service; `rule` is the rule that it answers to. `{name}` stands for what differs. */
export interface ServiceMessage {
    readonly error: string;
    readonly message: string;
    readonly rule?: string;
}
