import type { Severity } from '../../contract/index.ts';
import { type AttemptResult } from '../../incident/index.ts';
import { type Exchange } from '../../protocol/index.ts';
import type { Rules } from '../../config/index.ts';
import type { Inspected } from './sources.ts';
/** An exchange as a list shows it. All texts are as foreign as what they were read from. */
export interface ExchangeSummary {
    file: string;
    exchange: number;
    operation: string;
    /** When it began, in ISO 8601; absent where the recording does not say when it was. */
    at?: string;
    /** Milliseconds since the recording began. */
    atMs: number;
    elapsedMs?: number;
    invocation?: string;
    attempt?: number;
    /** How it ended: the outcome of StartTask, `failed` without a response, `answered` for another operation. */
    outcome: AttemptResult;
    /** The same in words: `200 1 task, 1 failure: AGENT`. */
    response: string;
    /** Why: failure reasons, or the error's name; each once. */
    reasons: readonly string[];
    /** What was asked for, in words. */
    request: string;
    findings: Record<Severity, number>;
}
/** Puts an exchange into words, and counts its findings under the team's rules. */
export declare function summariseExchange({ from, number, exchange }: Inspected, rules: Rules): ExchangeSummary;
/** What a list is narrowed to; what is left out narrows nothing. */
export interface ExchangeFilter {
    outcomes: readonly string[];
    reasons: readonly string[];
    find: string | undefined;
}
/** Whether a list that is narrowed so shows the exchange. A reason also fits by what stands before its colon, and case counts nowhere. */
export declare function fitsFilter(summary: ExchangeSummary, exchange: Exchange, { outcomes, reasons, find }: ExchangeFilter): boolean;
