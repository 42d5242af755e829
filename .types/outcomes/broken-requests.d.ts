import { fc } from './npm-install-save-dev-fast-check.ts';
/** A request that breaks one rule of the documented contract, and what `checkRequest` says of it. */
export interface BrokenRequest {
    request: unknown;
    /** The rule's id. */
    rule: string;
    /** Where `checkRequest` reports it. */
    pointer: string;
}
/** The ids of the rules of severity error and warning that {@link brokenRequests} knows how to break. */
export declare const BREAKABLE_RULES: readonly string[];
/**
 * Requests that break exactly one rule: `checkRequest` reports that rule at that pointer, and else at most information.
 *
 * Three kinds of rules cannot be broken alone, or by a body: `request.size` (a million values), `request.notJson`, and those on what goes with
 * a member that the API page does not have, which is reported itself.
 *
 * @param rule the id of a rule, one of {@link BREAKABLE_RULES}; without it any
 */
export declare function brokenRequests(rule?: string): fc.Arbitrary<BrokenRequest>;
