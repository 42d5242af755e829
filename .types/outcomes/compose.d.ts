import { type JsonObject } from '../protocol/index.ts';
/** What becomes of one container instance: a task, or a failure for this reason. */
export type Placement = 'task' | {
    reason: string;
    detail?: string;
};
/** What tells answers to equal requests apart. */
export interface Composing {
    /** Other ids for another text; the same ids in every run for the same. */
    salt?: string;
    /** When its tasks were created, in seconds since 1970. */
    createdAt?: number;
}
/**
 * The body of an HTTP 200 response to a request: a task or a failure for each container instance that it names, in order. What an instance meets
 * comes from `placements`, whose last entry holds for all that follow.
 */
export declare function composeBody(request: JsonObject, placements: readonly [Placement, ...Placement[]], { salt, createdAt }?: Composing): JsonObject;
