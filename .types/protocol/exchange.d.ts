import type { TransportFailure } from './wire.ts';
/**
 * A response as recorded. `body` is the parsed JSON, null where the bytes were none. One of the other two holds what the bytes were, where `body`
 * does not say it all.
 */
export interface RecordedResponse {
    status: number;
    headers: Record<string, string>;
    body: unknown;
    /** The body as text, when it was text and no JSON (an HTML error page, a body cut in half), or JSON in which a member stands twice. */
    bodyText?: string;
    /** The exact bytes in base64, when they were no text. */
    bodyBase64?: string;
}
/** A request as recorded; its body as in {@link RecordedAnswer}. */
export interface RecordedRequest {
    headers: Record<string, string>;
    body: unknown;
    bodyText?: string;
    bodyBase64?: string;
}
/** One attempt as recorded: one request and what came back. Attempts of one invocation share `invocation`. */
export interface Exchange {
    operation: string;
    invocation?: string;
    /** 1 for the first attempt of its invocation. */
    attempt?: number;
    /** Milliseconds since the recording began. */
    startedAtMs: number;
    /** Milliseconds from the request's start until the response's headers were there. */
    headersMs?: number;
    /** Milliseconds from the request's start until the response was there whole, or until it failed. */
    elapsedMs?: number;
    request: RecordedRequest;
    response: RecordedResponse | TransportFailure;
}
