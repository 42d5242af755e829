import { type Html } from '../../page/index.ts';
import { type PageExchange } from './inspected.ts';
/** Filters by outcome, reason and errors, which selectors apply; and by text, which the script applies. */
export declare function buildFilters(exchanges: readonly PageExchange[], reasons: readonly {
    reason: string;
    count: number;
}[]): Html[];
/** The form that compares two; without the script it says what does instead. */
export declare function buildCompare(): Html;
