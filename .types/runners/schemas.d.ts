/** The documented contract as Standard Schema objects: whoever takes such a schema can take StartTask's. */
import type { StartTaskRequest, StartTaskResponse } from '../contract/index.ts';
/** Standard Schema v1, as far as a schema that only checks needs it: its types allow a copy, so that nothing is installed for it. */
export interface StandardSchema<Value> {
    readonly '~standard': {
        readonly version: 1;
        readonly vendor: 'starttask-harness';
        /** The value as it was given, or what is wrong with it: what the contract calls an error; warnings and infos are no issues. */
        readonly validate: (value: unknown) => {
            readonly value: Value;
            readonly issues?: undefined;
        } | {
            readonly issues: readonly StandardIssue[];
        };
        readonly types?: {
            readonly input: Value;
            readonly output: Value;
        } | undefined;
    };
}
/** One thing wrong: the message says the rule and where it stands. */
export interface StandardIssue {
    readonly message: string;
    readonly path: readonly PropertyKey[];
}
/** The body of a StartTask request. */
export declare const startTaskRequest: StandardSchema<StartTaskRequest>;
/** The body of an HTTP 200 response; what a client of AWS SDK v3 gives will do. */
export declare const startTaskResponse: StandardSchema<StartTaskResponse>;
