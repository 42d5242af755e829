import { IncomingMessage } from 'node:http';
/** What tells a request from others, as far as both the interceptor and Node.js's diagnostics know it. */
export interface SentRequest {
    host: string;
    target: string;
    invocation: string | undefined;
}
/** A request that got no response: the interceptor's id of it when its socket told, and what it looked like. */
export interface FailedRequest {
    requestId: string | undefined;
    request: Partial<SentRequest>;
}
/**
 * Writes the interceptor's id of a request on the socket that carries it, where {@link watchEnds} reads it: Node.js tells which
 * request failed, but not under the interceptor's id. The initiator is the socket, or the ClientRequest that has it.
 */
export declare function markSocket(initiator: unknown, requestId: string): void;
/** Tells once when the socket that carries a request closes; gives the function that stops telling. */
export declare function onSocketClose(initiator: unknown, tell: () => void): () => void;
/** Who wants to know how requests end. */
export interface EndWatcher {
    /** A request of `node:http` or undici (fetch) ends without a response, or within it. */
    fail(failed: FailedRequest, error: unknown): void;
    /** `node:http` has the head of a response, and nothing of its body. */
    begin(requestId: string, message: IncomingMessage): void;
}
/** Tells how requests end, as Node.js's own diagnostics have it; gives the function that ends it. */
export declare function watchEnds(watcher: EndWatcher): () => void;
/** The one request in flight that looks like the one that failed; none when several do, for a wrong one would be a false recording. */
export declare function findOnly(sent: ReadonlyMap<string, SentRequest>, failed: Partial<SentRequest>): string | undefined;
