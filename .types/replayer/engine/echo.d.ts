import { type Exchange, type RecordedResponse } from '../../protocol/index.ts';
/** What a response is made with. */
interface Making {
    /** Milliseconds since the epoch. */
    now: number;
    /** How often this exchange was played, this time included. */
    times: number;
}
/**
 * A recorded StartTask response as it would be to the request that was sent: cluster, group, `startedBy` and tags of that request, one task or failure for
 * each container instance that it names, times moved so that the first task was created now. The outcome of an instance is the one that was
 * recorded of it, else that of the instance in its place. The first playing keeps the recorded task ids; later ones, and tasks beyond the recorded, get
 * ids of their own, which are the same in each run.
 *
 * Anything else than a response with tasks stays as it was recorded. Source: the API page, members of Task and Failure.
 */
export declare function echoResponse({ request, response }: Exchange, sent: unknown, { now, times }: Making): RecordedResponse;
export {};
