import { type RecordedResponse, type TransportFailure, type WireResponse } from '../../protocol/index.ts';
/** What of a recorded response is the same whenever it is served. */
export interface PreparedResponse {
    status: number;
    headers: Record<string, string>;
    body: Uint8Array;
}
/** Brings a recorded response to the form in which it is served: its body and status as recorded. */
export declare function prepareResponse(response: RecordedResponse): PreparedResponse;
/** A prepared response with the headers that are made now. Its body's bytes are shared: they must not be changed. */
export declare function dateResponse({ status, headers, body }: PreparedResponse, now: number): WireResponse;
/** Whatever has a response that can be kept with it. */
interface Prepared {
    prepared: PreparedResponse | undefined;
}
/** Keeps what was prepared within a bound of bytes; beyond it, it begins anew. */
export declare function createResponseCache<Of extends Prepared>(read: (of: Of) => RecordedResponse | TransportFailure): (of: Of) => PreparedResponse | TransportFailure;
export {};
