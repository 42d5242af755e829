import type { OpenExchange } from './collector.ts';
/** What is used of a client of AWS SDK v3. */
export interface RecordableClient {
    readonly middlewareStack: {
        add(middleware: AttemptMiddleware, options: {
            step: 'deserialize';
            name: string;
            priority: 'low';
        }): void;
        remove(name: string): boolean;
    };
}
/** Sees each attempt: what is in this step stands between the SDK's retries and signing on one side, the HTTP client on the other. */
type AttemptMiddleware = <Sent extends {
    request: unknown;
}, Came extends {
    response: unknown;
}>(next: (sent: Sent) => Promise<Came>) => (sent: Sent) => Promise<Came>;
/** A capture under way. */
export interface CommandCapture {
    /**
     * Takes the middleware out at once; resolves when all attempts in flight have ended, or after two seconds. `missed` counts attempts
     * that `begin` did not take.
     */
    stop(): Promise<{
        missed: number;
    }>;
}
type Begin = (headers: Record<string, string>) => OpenExchange | undefined;
/**
 * Captures the attempts of a client that name one of the operations. Nothing that `begin` or an exchange does, or throws, reaches the
 * caller. Throws `already-active` for a client that is captured already.
 */
export declare function captureCommands(client: RecordableClient, operations: readonly string[], begin: Begin): CommandCapture;
export {};
