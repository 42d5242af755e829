import type { AttemptEvent, AttemptResult, TimelineEvent } from './events.ts';
/** What the caller asked for once, with all its attempts. */
export interface Invocation {
    /** From 1, in the order of their first attempts. */
    number: number;
    operation: string;
    attempts: readonly AttemptEvent[];
    /**
     * How its attempts were found to belong together: the recording says so; or an equal request followed within a minute on a response that is
     * retried; or there is one attempt.
     */
    found: 'recorded' | 'inferred' | 'single';
    /** What the last attempt came to. */
    result: AttemptResult;
    /** Attempts before the first that is known: a log may tell the last alone. */
    unseen: number;
    /** Equal for equal requests; `undefined` where nothing was kept of the request. */
    request: string | undefined;
}
/** Puts attempts together. */
export declare function groupInvocations(events: readonly TimelineEvent[]): Invocation[];
/** Whether the service refused for the caller's rate. */
export declare function isThrottled({ error }: AttemptEvent): boolean;
/** Whether nobody can tell from the response if something was started: it went out, and what came back was no word of the service on it. */
export declare function isUncertain({ result, exchange: { response } }: AttemptEvent): boolean;
/** Whether SDKs send again after it. */
export declare function isRetried(event: AttemptEvent): boolean;
