import type { BodyPlace } from '../contract/index.ts';
/** A matcher as a pact file has it. Other members and kinds than these are written by others, and read. */
export type Matcher = {
    match: 'type';
    min?: number;
    max?: number;
} | {
    match: 'regex';
    regex: string;
} | {
    match: 'integer' | 'number' | 'equality';
};
/** Matchers for one place. */
export interface Rule {
    combine: 'AND';
    matchers: readonly Matcher[];
}
/** By Pact's path expression: `$.tasks[*].taskArn`. */
export type BodyRules = Readonly<Record<string, Rule>>;
export declare function makeRule(...matchers: Matcher[]): Rule;
/**
 * The matching rules of a body from the documented contract, not from its values: an enum's values, limits of lists and texts, ARNs, times as
 * numbers, whole numbers. What the contract does not know keeps its value as it is.
 *
 * @param place the contract's place of the body
 * @param value the example: it says which members there are
 */
export declare function deriveRules(place: BodyPlace, value: unknown): BodyRules;
