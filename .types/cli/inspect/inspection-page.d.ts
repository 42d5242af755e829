import type { Rules } from '../../config/index.ts';
import type { Inspected } from './sources.ts';
import { type ExchangeFilter } from './inspected-exchange.ts';
/** What a page shows of all that was looked at. */
export interface PageCounts {
    looked: number;
    fitting: number;
    shown: number;
    /** Shown without what was asked and answered. */
    withoutContent: number;
}
/** A page in the making. */
export interface PageBuilder {
    /** Shows an exchange if it fits, and there is room; gives how many were looked at. */
    add(inspected: Inspected): number;
    /** Writes the page whole. */
    save(out: string): PageCounts;
}
/** Throws `usage` for a name that no browser would open as a page. */
export declare function requirePageName(out: string): void;
/** Collects what a page shows. Nothing comes into it but through redaction, whatever the recordings hold. */
export declare function createPageBuilder(of: string, rules: Rules, filter: ExchangeFilter): PageBuilder;
