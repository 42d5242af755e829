import { type Exchange, type Recording } from '../protocol/index.ts';
/** What of the contract is counted, as the thresholds of a rules file name it. */
export declare const COVERAGE_KINDS: readonly ['outcomes', 'members', 'values', 'errors', 'reasons'];
/** One of them. */
export type CoverageKind = (typeof COVERAGE_KINDS)[number];
/** How much of one kind was touched. */
export interface CoverageOf {
    touched: number;
    total: number;
    /** 0 to 100. */
    percent: number;
    /** What was not, in the contract's order. */
    missing: string[];
    /** What was, with how often: in the contract's order. */
    seen: {
        name: string;
        times: number;
    }[];
    /** What was seen and is not counted, since the contract does not have it: newer values, common errors, undocumented reasons. */
    besides: {
        name: string;
        times: number;
    }[];
}
/** How much of the documented contract exchanges have touched. */
export interface CoverageReport extends Record<CoverageKind, CoverageOf> {
    /** StartTask exchanges and requests that were looked at. */
    exchanges: number;
    /** Those of them that no response came to. */
    unanswered: number;
}
/** Collects what is touched. */
export interface Coverage {
    /** Exchanges of other operations say nothing. */
    add(exchange: Exchange): void;
    /** A request alone. */
    addRequest(body: unknown): void;
    report(): CoverageReport;
}
/**
 * Begins to collect. A member is touched where it has a value, a value of an enum where it is that value: what a test asserts of either is another
 * question. Members that are newer than the API page are none of the total.
 */
export declare function createCoverage(): Coverage;
/** What recordings have touched together. */
export declare function measureCoverage(recordings: readonly Recording[]): CoverageReport;
/** A kind of which less was touched than a team asks for. */
export interface CoverageGap {
    kind: CoverageKind;
    percent: number;
    /** In percent. */
    threshold: number;
}
/** The kinds that stay below their thresholds. */
export declare function findCoverageGaps(report: CoverageReport, thresholds: ReadonlyMap<string, number>): CoverageGap[];
