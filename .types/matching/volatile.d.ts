import { type MatchRules } from './identity.ts';
import { type VolatileKind } from './volatile-text.ts';
/** A place that a team may want to ignore: its values differed where nothing that says what runs did. */
export interface Proposal {
    pointer: string;
    /** What both values look like; `other` where that tells nothing, so that somebody should look at them. */
    kind: VolatileKind;
    /** In how many pairs of requests the values differed. */
    seen: number;
    /** How many pairs have a value at this place on both sides. */
    of: number;
}
/**
 * Compares the request bodies of two recordings of one flow, of one operation each: every request is paired with the nearest of the other
 * side, in order. Pairs that differ in what runs or where (a definition, an instance, a size, a role), in a number, in their members or in the
 * lengths of their lists are different requests and propose nothing; so do bodies that are no objects. Environment values never count. What
 * `rules` ignore already is not proposed.
 */
export declare function proposeIgnores(before: readonly unknown[], after: readonly unknown[], rules?: MatchRules): Proposal[];
