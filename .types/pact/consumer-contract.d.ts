import { COMMON_ERRORS, DOCUMENTED_ERRORS, type Failure, type StartTaskRequest, type Task } from '../contract/index.ts';
import { type JsonObject } from '../protocol/index.ts';
import { type SavedPact } from './pact-store.ts';
/** What a consumer contract is made with. */
export interface ConsumerContractOptions {
    /** The name of the code that calls StartTask, as the pact and a broker show it. */
    consumer: string;
    /** The folder that the pact lies in. */
    dir: string;
    /** `import.meta.url` of the test file: what it no longer makes goes from the pact. */
    testFile: string;
}
/** What comes back, by the outcome that it is. Errors have the names and statuses that are documented. */
export type ExpectedResponse = {
    outcome: 'started';
    tasks: readonly [Task, ...Task[]];
} | {
    outcome: 'partial';
    tasks: readonly [Task, ...Task[]];
    failures: readonly [Failure, ...Failure[]];
} | {
    outcome: 'unplaced';
    failures: readonly [Failure, ...Failure[]];
} | {
    outcome: 'rejected';
    error: keyof typeof DOCUMENTED_ERRORS | keyof typeof COMMON_ERRORS;
    message?: string;
    status?: number;
};
/** The contract of one consumer, filled by the tests of one file. */
export interface ConsumerContract extends AsyncDisposable {
    /** What the provider is in before: a name, and what of it counts. */
    given(state: string, params?: JsonObject): Given;
    /**
     * Writes the interactions whose tests passed, and takes away those that this file no longer makes. Call it after all tests; disposal does. When an
     * interaction failed, or the runner was told to run some tests alone, nothing is taken away.
     */
    finish(): Promise<SavedPact>;
}
/** After a state: another one, or the request. */
export interface Given {
    given(state: string, params?: JsonObject): Given;
    /**
     * The request that the consumer sends. Members are matched as the contract has them: an enum by its values, a list by its limits, a text by its
     * form. `exactly`: JSON Pointers of places whose value counts as it stands.
     */
    uponReceiving(description: string, request: StartTaskRequest, matching?: {
        exactly?: readonly string[];
    }): Received;
}
/** After the request: the response. */
export interface Received {
    /** The response that the consumer relies on, matched as the contract has it. `exactly`: places of its body whose value counts, as /failures/0/reason. */
    respondWith(response: ExpectedResponse, matching?: {
        exactly?: readonly string[];
    }): SpecifiedInteraction;
}
/** After the response: the test. */
export interface SpecifiedInteraction {
    /**
     * Runs the client against Pact's mock server, once. `url` is its endpoint. Gives what `act` gives.
     *
     * Throws `interaction-failed` when the request does not match (whatever `act` made of that), when none came, or more than one invocation; what
     * `act` throws otherwise; `not-found` where @pact-foundation/pact is not installed; `usage` where the interaction breaks the documented contract.
     */
    run<Result>(act: (service: {
        url: string;
    }) => Promise<Result> | Result): Promise<Result>;
}
/** Begins the contract of a consumer. */
export declare function consumerContract({ consumer, dir, testFile, }: ConsumerContractOptions): ConsumerContract;
