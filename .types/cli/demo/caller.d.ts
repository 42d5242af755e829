/** A StartTask input as this demo sends it. */
export interface CallerInput {
    cluster?: string;
    containerInstances: string[];
    taskDefinition: string;
    startedBy?: string;
}
/** What a caller makes of a response: what started, what did not, or the error's name. */
export interface CallerResult {
    started: string[];
    failed: {
        instance: string;
        reason: string;
    }[];
    error?: {
        name: string;
        message: string;
        status: number | undefined;
    };
}
/** Code that calls StartTask as a user's does: with the AWS SDK, knowing nothing of recordings. */
export interface Caller {
    startTask(endpoint: string, input: CallerInput): Promise<CallerResult>;
    listContainerInstances(endpoint: string): Promise<string[]>;
}
/** Loads the AWS SDK's ECS client. Throws `usage` when it is not installed. */
export declare function loadCaller(): Promise<Caller>;
