import type { WireRequest, WireResponse } from './wire.ts';
/**
 * A protocol that clients of AWS speak beside AWS JSON 1.1: the old Query protocol (forms, XML responses), and Smithy's RPC v2 (CBOR or JSON, the
 * operation in the path). Nothing is recorded or replayed in them; they are told apart so that a refusal can say so in a form that they read.
 */
export interface UnsupportedProtocol {
    /** `Query`, `RPC v2 CBOR`, or what the client called it. */
    name: string;
    /** The operation that the request names, where it names one. */
    operation: string | undefined;
    /** How the client reads an error. */
    form: 'xml' | 'query-json' | 'cbor' | 'json';
}
/** The unsupported protocol of a request; `undefined` for one that has an `X-Amz-Target`, and for what is none that is known. */
export declare function readUnsupportedProtocol({ headers, url, body, }: WireRequest): UnsupportedProtocol | undefined;
/** Whether a text begins as the form of a Query request does. */
export declare function looksLikeQuery(text: string): boolean;
/** What to say of a request in an unsupported protocol; `what` is done with AWS JSON alone: `recorded`, `replayed`. */
export declare function describeUnsupportedProtocol({ name, operation }: UnsupportedProtocol, what: string): {
    fact: string;
    remedy: string;
};
/** An AWS JSON error response in the form that a client of the unsupported protocol reads. */
export declare function translateError(response: WireResponse, { form }: UnsupportedProtocol): WireResponse;
