import { type Accounting, type Recordings, type Replayer, type ReplayOptions } from '../engine/index.ts';
/** What an SDK v3 client sends: `HttpRequest` of @smithy/types, as far as it is read. */
export interface SdkRequest {
    method: string;
    path: string;
    headers: Record<string, string>;
    body?: unknown;
}
/** `HttpResponse` of @smithy/types. */
export interface SdkResponse {
    statusCode: number;
    headers: Record<string, string>;
    body?: unknown;
}
/** A request handler for clients of AWS SDK v3: `new ECSClient({ requestHandler })`. */
export interface ReplayRequestHandler extends Accounting {
    readonly metadata: {
        readonly handlerProtocol: string;
    };
    /** Rejects with what the SDK's own handler rejects with, where a transport failure was recorded, and when `abortSignal` says so. */
    handle(request: SdkRequest, options?: {
        abortSignal?: unknown;
    }): Promise<{
        response: SdkResponse;
    }>;
    /** The SDK asks for both; there is nothing to configure. */
    updateHttpClientConfig(): void;
    httpHandlerConfigs(): Record<string, never>;
    destroy(): void;
}
/**
 * Answers a client from recordings, in its own process, without any HTTP between: the fastest adapter. A transport failure is the error that
 * the SDK's handler for Node.js makes of it, so that the client retries as it would; of a recorded time-out it hears at once.
 */
export declare function replayRequestHandler(recordings: Recordings, options?: ReplayOptions): ReplayRequestHandler;
/** As {@link replayRequestHandler}, over a replayer that others ask as well. */
export declare function openRequestHandler(replayer: Replayer): ReplayRequestHandler;
