import type { CheckedDocument, PlacedFinding } from './documents.ts';
export type Counts = Record<'checked' | 'error' | 'warning' | 'info', number>;
/** How a run ended. One that met a document of no known kind, or a file that went away, is not complete. */
export interface Summary extends Counts {
    isComplete: boolean;
}
/** A report in the making. Each step gives the text that it adds; nothing is kept but what is bounded by the number of rules. */
export interface Report {
    add(document: CheckedDocument): string;
    end(summary: Summary): string;
}
/** The last line of a report: what was checked, and how many findings of each severity there are. */
export declare function formatSummary(counts: Counts): string;
/** Where a finding stands, for a person: `FILE:LINE #EXCHANGE`. */
export declare function formatFindingPlace({ file, line, exchange }: PlacedFinding): string;
/** The JSON Pointer of a finding from the root of its document, in which exchanges are counted from 0. */
export declare function formatDocumentPointer({ exchange, pointer }: PlacedFinding): string;
/**
 * Foreign text for one line of a log: no control character, no line feed, and nothing at which GitHub Actions would begin a workflow
 * command (`::` first in a line, `##[` anywhere).
 */
export declare function formatLogText(text: string): string;
/** Info findings, counted by rule with the first of each. */
export interface InfoFold {
    /** The findings that are to be told now: those that are no info. */
    take(findings: readonly PlacedFinding[]): readonly PlacedFinding[];
    folded(): {
        first: PlacedFinding;
        count: number;
    }[];
}
/** Folds info findings, which most requests have; with `isVerbose` it folds nothing. */
export declare function createInfoFold(isVerbose: boolean): InfoFold;
