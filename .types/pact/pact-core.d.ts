/** What is used of @pact-foundation/pact-core's ConsumerPact. */
export interface NativePact {
    newInteraction(description: string): NativeInteraction;
    createMockServer(address: string, port?: number, tls?: boolean): number;
    mockServerMismatches(port: number): unknown[];
    cleanupMockServer(port: number): boolean;
}
/** What is used of its ConsumerInteraction. */
export interface NativeInteraction {
    givenWithParams(state: string, params: string): boolean;
    withRequest(method: string, path: string): boolean;
    withRequestHeader(name: string, index: number, value: string): boolean;
    withRequestBody(body: string, contentType: string): boolean;
    withRequestMatchingRules(rules: string): boolean;
    withStatus(status: number): boolean;
    withResponseHeader(name: string, index: number, value: string): boolean;
    withResponseBody(body: string, contentType: string): boolean;
}
interface PactCore {
    makeConsumerPact(consumer: string, provider: string, specification: number, logLevel: string): NativePact;
    Verifier: new (options: object) => {
        verify(): Promise<unknown>;
    };
}
/** A package beside @pact-foundation/pact, found from there: with pnpm nobody else sees it. Throws `not-found`. */
export declare function loadPactCore(): PactCore;
export {};
