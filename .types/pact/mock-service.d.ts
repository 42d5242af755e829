import type { PactInteraction } from './interaction.ts';
/** What the client did. */
export interface Requests {
    /** What its requests asked for: attempts of one invocation count once. */
    invocations: number;
    /** What does not match, one line each, of the first request that does not. */
    mismatches: readonly string[];
}
/** A running mock of one interaction. */
export interface MockService extends AsyncDisposable {
    readonly url: string;
    requests(): Requests;
}
/** Starts Pact's mock server for one interaction. Throws `not-found` where Pact is not installed. */
export declare function startMockService(consumer: string, interaction: PactInteraction): Promise<MockService>;
/** What a failed match reads like, for the client and for the test alike. */
export declare function formatMismatch(description: string, mismatches: readonly string[]): string;
