import type { Finding } from '../../contract/index.ts';
import type { Exchange } from '../../protocol/index.ts';
import type { Status } from '../../page/index.ts';
/** An exchange as the page shows it. */
export interface PageExchange {
    /** Its number in its file, from 1. */
    number: number;
    operation: string;
    outcome: Status;
    /** What came back, in words. */
    response: string;
    /** What was asked for, in words. */
    request: string;
    /** Failure reasons, or the error's name. */
    reasons: readonly string[];
    /** When it began, in ISO 8601. */
    at?: string;
    /** Milliseconds since the recording began. */
    atMs: number;
    elapsedMs?: number;
    headersMs?: number;
    invocation?: string;
    attempt?: number;
    findings: readonly Finding[];
    /** What was asked and what came back; absent where it is left out, and `leftOut` says why. */
    content?: Pick<Exchange, 'request' | 'response'>;
    leftOut?: string;
}
/** A file of exchanges, with what it says of itself. */
export interface InspectedRecording {
    file: string;
    recordedAt?: string;
    provenance: Record<string, unknown>;
    /** How many task state changes it tells besides, where it tells some. */
    taskStateChanges?: number;
    exchanges: readonly PageExchange[];
}
/** What the page is made of. */
export interface Inspection {
    /** What was looked at, in words. */
    of: string;
    recordings: readonly InspectedRecording[];
    /** How many exchanges were looked at; what the page does not show of them, `notes` tell. */
    looked: number;
    /** What a reader must know: what is left out, and why. */
    notes: readonly string[];
    /** What made the page. */
    madeBy: string;
}
/** Whether a finding of it is an error. */
export declare function hasErrors({ findings }: PageExchange): boolean;
