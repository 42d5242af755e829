import { type ErrorIdentity } from './error-body.ts';
import type { WireResponse } from './wire.ts';
/**
 * A response with headers made for it now. `Date`, `Content-Length` and the request id of a recording are never served: a stale `Date`
 * alone makes SDK v3 retry every error and sign its next requests with the recorded time.
 */
export declare function buildResponse(status: number, body: string, making: {
    now: number;
    requestId: string;
    contentType?: string;
}): WireResponse;
/** An AWS JSON error response. */
export declare function buildErrorResponse(status: number, error: ErrorIdentity, making: {
    now: number;
    requestId: string;
}): WireResponse;
