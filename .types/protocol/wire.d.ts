/** A request on the wire: header names lower-case, body as bytes or text. */
export interface WireRequest {
    method: string;
    url: string;
    headers: Record<string, string>;
    body: string | Uint8Array;
}
/** A response on the wire: header names lower-case, body as bytes or text. */
export interface WireResponse {
    status: number;
    headers: Record<string, string>;
    body: string | Uint8Array;
}
/** What came back when no response did. `code` is the system's name for it, `ECONNRESET` for example. */
export interface TransportFailure {
    failure: 'refused' | 'reset' | 'timeout' | 'truncated' | 'other';
    code?: string;
}
/** Whether a response is a transport failure rather than a response. */
export declare function isTransportFailure(response: {
    status: number;
} | TransportFailure): response is TransportFailure;
/** The transport failure that a Node.js client error stands for, by its `code`. */
export declare function readTransportFailure(error: unknown): TransportFailure;
