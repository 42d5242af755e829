import type { IncomingMessage, ServerResponse } from 'node:http';
/** A request as the listener hands it on: header names lower-case, the body's bytes whole. */
export interface ListenerRequest {
    method: string;
    url: string;
    headers: Record<string, string>;
    body: Uint8Array;
}
/** What the listener writes: a response, or a transport failure that the client shall meet. */
export type ListenerResponse = {
    status: number;
    headers: Record<string, string>;
    body: string | Uint8Array;
} | {
    failure: 'refused' | 'reset' | 'timeout' | 'truncated' | 'other';
};
/** How requests are answered. */
export interface Answering {
    /** The largest request body, in bytes; a larger one is answered 413 and not read to its end. */
    maxBodyBytes: number;
    /** Makes the response of a refusal in the client's own protocol. */
    refuse(status: number, name: string, message: string): ListenerResponse;
    /** At once where it can: what is written within the request's own turn costs less. */
    respond(request: ListenerRequest): ListenerResponse | Promise<ListenerResponse>;
}
/** What a request's handling needs. */
export interface Handling {
    options: Answering;
    /** Why a request is refused, by its headers. */
    refuseCaller(headers: IncomingMessage['headers']): string | undefined;
    /** Whether the connection shall end with the response. */
    isEnding(): boolean;
    /** A response begins, and a stop waits for it until it is on its way whole, or never will be: what it gives is called then, once or more. */
    begin(): () => void;
}
/** By events and callbacks: promises and iterators would cost as much as the response. */
export declare function handleRequest(handling: Handling, request: IncomingMessage, response: ServerResponse): void;
