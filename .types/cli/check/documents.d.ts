import { type Finding } from '../../contract/index.ts';
import { type Exchange } from '../../protocol/index.ts';
import { type Rules } from '../../config/index.ts';
export type CheckedAs = 'request' | 'response' | 'recording';
/** A document as it was read. `bytes` is left out when there were more than `most`. */
export interface SourceDocument {
    file: string;
    line?: number;
    bytes: Buffer | undefined;
    most: number;
    isUnended?: boolean;
}
/** A finding with where it was found. `exchange` counts from 1, `line` too. */
export interface PlacedFinding extends Finding {
    file: string;
    line?: number;
    exchange?: number;
    side?: 'request' | 'response';
}
/** A checked document: how many bodies or exchanges it held, and what is wrong with them. */
export interface CheckedDocument {
    file: string;
    line?: number;
    /** What it says; empty when it could not be read. */
    text: string;
    checked: number;
    findings: PlacedFinding[];
}
/** Checks a document. One that cannot be read is a finding like others, so that the rest is checked all the same. */
export declare function checkOrRefuse(document: SourceDocument, as: CheckedAs | undefined, rules: Rules): CheckedDocument;
/**
 * What departs from the contract in a recorded exchange, under the team's rules. What a rejected request breaks stays info, as
 * {@link checkExchange} has it: an override is about requests that were meant to be right.
 */
export declare function checkRecorded(exchange: Exchange, rules: Rules): Finding[];
