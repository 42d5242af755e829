import { type MarkedPlace } from '../protocol/index.ts';
/** What a team has decided of places: for the place that a walk has come to, and those below it. */
export type PlaceRules = MarkedPlace;
/** Whether the value here stays, whatever it is. */
export declare function isKept(rules: PlaceRules): boolean;
/** Whether the value here goes, whatever it is. */
export declare function isRedacted(rules: PlaceRules): boolean;
/**
 * Reads pointers in which `*` stands for any one index or member. What a pointer names counts for all below it.
 *
 * Throws `usage` for what is no pointer, for the empty one, and beyond the bounds of the rules file.
 */
export declare function createPlaceRules(keep: readonly string[], redact: readonly string[]): PlaceRules;
