import { type Exchange, type JsonObject, type Recording } from '../protocol/index.ts';
/** A recording with the name that it has in reports: its path. */
export interface NamedRecording {
    name: string;
    recording: Recording;
}
/** How an attempt ended: as StartTask's outcomes, or without a response. */
export type AttemptResult = 'started' | 'partial' | 'unplaced' | 'rejected' | 'unreadable' | 'failed' | 'answered';
/** One request over the wire. */
export interface AttemptEvent {
    kind: 'attempt';
    /** Milliseconds since the timeline began. */
    atMs: number;
    recording: string;
    /** The exchange's number in its recording, from 1. */
    number: number;
    exchange: Exchange;
    result: AttemptResult;
    /** The result in words: `ThrottlingException`, `2 tasks, 1 failure: AGENT`. */
    summary: string;
    /** The error's name, of a rejected request. */
    error?: string;
    failures: readonly {
        arn?: string;
        reason?: string;
    }[];
    /** The tasks that the response says were started. */
    taskArns: readonly string[];
}
/** What EventBridge told of a task. */
export interface TaskEvent {
    kind: 'task';
    atMs: number;
    recording: string;
    taskArn: string;
    summary: string;
    task: JsonObject;
}
export type TimelineEvent = AttemptEvent | TaskEvent;
/** Everything of the recordings in the order of time; a change that was delivered more than once stands once. */
export declare function listEvents(recordings: readonly NamedRecording[]): {
    began: number;
    events: TimelineEvent[];
    repeated: number;
};
/** One exchange as an attempt: how it ended, in a word and in words. `place` says when and where it stands. */
export declare function describeAttempt(exchange: Exchange, place: {
    atMs: number;
    recording: string;
    number: number;
}): AttemptEvent;
