import { type WireRequest } from '../../protocol/index.ts';
/** A request as it came to an adapter: one attempt. */
export interface SentRequest {
    session: string;
    /** `undefined` for a request that names no operation of ECS. */
    operation: string | undefined;
    /** What the client calls its invocation: the attempts of one share it. */
    invocation: string | undefined;
    headers: Record<string, string>;
    /** The parsed body as it was sent, not redacted; `undefined` where it is no JSON, or has more than 64 KiB. */
    body: unknown;
}
/** Keeps the latest requests that came. They stay in memory, and are read when somebody asks for them. */
interface RequestLog {
    note(session: string, request: WireRequest): void;
    list(): SentRequest[];
    /** Forgets those of a session; all of them without a name. */
    reset(session?: string): void;
}
export declare function createRequestLog(): RequestLog;
export {};
