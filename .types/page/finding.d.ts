import type { Severity } from '../contract/index.ts';
import { type Content, type Html } from './markup.ts';
/** A finding as a page shows it, whatever found it. */
export interface PageFinding {
    severity: Severity;
    rule: string;
    message: Content;
    /** Where and when it is: a pointer, a time, links to rows. */
    place?: Content;
    /** How it was found, or where the rule stands. */
    how?: Content;
}
/** A finding: its severity as a word and by the weight of its edge. */
export declare function buildFinding({ severity, rule, message, place, how }: PageFinding): Html;
