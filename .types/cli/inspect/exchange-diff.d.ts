import type { Inspected } from './sources.ts';
/** Where two exchanges differ, the second read as what came after the first. */
export interface ExchangeDiff {
    one: {
        file: string;
        exchange: number;
    };
    other: {
        file: string;
        exchange: number;
    };
    /** Whether a replayer takes their requests for the same, under no rules of a team. */
    isSameRequest: boolean;
    /** `missing` is in the first alone, `added` in the second alone. */
    differences: {
        pointer: string;
        kind: 'changed' | 'missing' | 'added';
        one?: unknown;
        other?: unknown;
    }[];
}
/** Compares what was asked and what came back; times and numbers of attempts are nobody's doing. */
export declare function compareExchanges(one: Inspected, other: Inspected): ExchangeDiff;
