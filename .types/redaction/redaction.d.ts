import { type Exchange, type RecordedRequest, type Recording, type TaskStateChange } from '../protocol/index.ts';
declare const redacted: unique symbol;
/** Marks what has been through redaction. Nothing else can be saved. */
export interface Redacted {
    readonly [redacted]: true;
}
export type RedactedExchange = Exchange & Redacted;
export type RedactedTaskState = TaskStateChange & Redacted;
export type RedactedRecording = Omit<Recording, 'exchanges' | 'taskStateChanges'> & {
    exchanges: RedactedExchange[];
    taskStateChanges?: RedactedTaskState[];
};
/** What redaction is told besides its own rules. */
export interface RedactionOptions {
    /** What pseudonyms are made with. Without it they are equal on every machine, so that whose they are can be found out by trying. */
    key?: Uint8Array;
    /**
     * Places of a body, as pointers in which `*` stands for any one index or member, whose value stays: environment values and ids as well.
     * What looks like a credential goes even there.
     */
    keep?: readonly string[];
    /** Places of a body whose values go besides: texts become one constant, numbers 0. */
    redact?: readonly string[];
}
/** Redaction under one set of rules. */
export interface Redaction {
    /** Tells this set of rules from another; the key is no part of it. */
    readonly rulesHash: string;
    /**
     * Takes the secrets out of an exchange. Its headers are cut down to {@link KEPT_HEADERS}; values of container environments become one
     * constant; the credentials and environment values that came with the request, and whatever looks like a secret, go from every text,
     * encoded ones included; account ids, IP and MAC addresses and ids of network interfaces become pseudonyms of the same form that are equal
     * for equal ids. Redacting twice changes nothing, with whatever key.
     *
     * What stays: an environment value of fewer than six characters, where something else repeats it; an ordinary word (`worker`) or a name
     * that the request also asks by, where a 200 response repeats it; a password that nothing tells to be one; what `findPrivateIds` does not
     * take for an id; numbers, which are no account's. What is encoded in a way that is not named here, or more than three layers deep.
     */
    redactExchange(exchange: Exchange): RedactedExchange;
    /** As `redactExchange`, for what was told of a task. */
    redactTaskState(change: TaskStateChange): RedactedTaskState;
    /** As `redactExchange`, in two steps: the request's part can be done while its response is awaited. */
    redactRequest(request: RecordedRequest): RequestRedacted;
    /** Redacts a request's body alone, by the rules that recorded ones went through: what is sent can then be compared with what is kept. `text` is what it was parsed from, where that is known. */
    redactRequestBody(headers: Record<string, string>, body: unknown, text?: string): unknown;
}
/** An exchange of which the request is redacted. */
export interface RequestRedacted {
    /** Redacts the response to that request, and gives the whole. */
    finish(answered: Omit<Exchange, 'request'>): RedactedExchange;
}
/** Redaction by our own rules and what is added to them. */
export declare function createRedaction({ key, keep, redact }?: RedactionOptions): Redaction;
/** Brings a recorded request's body to the form that `redactRequestBody` gives. */
export declare function redactRecordedBody(body: unknown, redaction?: Redaction): unknown;
/** Redacts by our own rules alone, with pseudonyms that are equal on every machine. */
export declare function redactExchange(exchange: Exchange): RedactedExchange;
/** As {@link redactExchange}, a request's body alone. */
export declare function redactRequestBody(headers: Record<string, string>, body: unknown): unknown;
export {};
