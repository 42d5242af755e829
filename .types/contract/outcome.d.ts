import { type WireResponse } from '../protocol/index.ts';
/** Why one container instance got no task. Each member may be absent, as the service leaves them out. */
export interface Failure {
    arn?: string;
    reason?: string;
    detail?: string;
}
/**
 * How a StartTask response reads. HTTP 200 alone says nothing: `unplaced` is HTTP 200 too, and no task started. A 200 with neither tasks
 * nor failures is `unplaced` with no failures: nothing started. `fault` follows the status, as retries do.
 */
export type Outcome = {
    kind: 'started';
    tasks: readonly unknown[];
} | {
    kind: 'partial';
    tasks: readonly unknown[];
    failures: readonly Failure[];
} | {
    kind: 'unplaced';
    failures: readonly Failure[];
} | {
    kind: 'rejected';
    error: {
        name: string;
        message: string;
        status: number;
        fault: 'client' | 'server';
    };
} | {
    kind: 'unreadable';
    reason: string;
};
/**
 * Reads how a StartTask response reads. Never throws, whatever it is handed; what cannot be read is `unreadable`, with a reason that repeats
 * nothing of the body.
 *
 * - HTTP 200 to 299: an object with a list of `tasks` or of `failures` is a response, whatever content type, error type or other members come
 *   with it. A list of null is no list and an item of null no item. Without a list, an object is a response in which nothing started, unless
 *   its content type is foreign (it comes from elsewhere) or it names an error: an SDK takes that for a success, so that it is not `rejected`.
 * - HTTP 300 to 599 with an error type, in body or header: `rejected`, whatever the content type, as SDKs read it. Without one: `unreadable`.
 * - Everything else is `unreadable`: another status, an empty success, no JSON, a byte order mark (no SDK reads past it), bytes that are no
 *   UTF-8 (boto3 fails, SDK v3 replaces them), more than 4 MiB, more than 100 levels.
 */
export declare function readOutcome(response: WireResponse): Outcome;
