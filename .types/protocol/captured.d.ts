import { type RecordedResponse, type RecordedRequest } from './exchange.ts';
import { type TransportFailure } from './wire.ts';
/** A request as a recorder caught it, secrets and all: it lives in memory until redaction. */
export interface CapturedRequest {
    headers: Record<string, string>;
    body: Uint8Array;
}
/** A response as a recorder caught it. */
export interface CapturedResponse {
    status: number;
    headers: Record<string, string>;
    body: Uint8Array;
}
/** Parses the body; what is no JSON, or says more than its parsed form, is kept as text, and what is no text as its bytes. */
export declare function readCapturedRequest({ headers, body }: CapturedRequest): RecordedRequest;
/** As {@link readCapturedRequest}. A status that is none of HTTP's would make the recording unreadable: it is a failure. */
export declare function readCapturedResponse({ status, headers, body, }: CapturedResponse): RecordedResponse | TransportFailure;
