import { type CapturedResponse, type CapturedRequest, type Exchange, type TransportFailure } from '../protocol/index.ts';
import { type RequestRedacted, type Redaction } from '../redaction/index.ts';
import { type Journal } from '../recording/index.ts';
/** What an exchange is told apart by, and when it was. */
type Moment = Omit<Exchange, 'operation' | 'request' | 'response'>;
/** An exchange that has ended and is not redacted yet: secrets and all, in memory alone. */
export interface Ended {
    place: number;
    request: CapturedRequest;
    /** The request, redacted while its response was awaited. */
    half?: RequestRedacted;
    response: CapturedResponse | TransportFailure;
    at: Moment;
}
/** Redacts what has ended and appends it to a journal, a little at a time: the process has other work. */
export interface RedactionQueue {
    /** Takes it at once. Resolves when it is in the journal, or is known not to come there, or after a second of waiting for the disk. */
    add(ended: Ended): Promise<void>;
    /** As `add`, without a turn between: for whoever waits for it. */
    addNow(ended: Ended): Promise<void>;
    /** Redacts all that waits, now. */
    drain(): void;
    /** What redaction or the search for secrets threw: each stands for an exchange that is not written. */
    readonly failures: readonly unknown[];
}
export declare function createRedactionQueue(redaction: Redaction, journal: Journal): RedactionQueue;
export {};
