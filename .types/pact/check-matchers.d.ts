/** Whether what the matchers of a pact let through lies inside the documented contract. */
import type { BodyPlace, Finding } from '../contract/index.ts';
import { type ReadPart, type ReadRule } from './read-pact.ts';
/** A body of the contract. */
export interface Side {
    name: 'request' | 'response';
    place: BodyPlace;
}
/** Rules by the steps of their paths. */
export interface Node {
    byStep: Map<string | number, Node>;
    any: Node | undefined;
    rule: ReadRule | undefined;
}
/** A rule that holds at a place, and how much it weighs against others, as Pact weighs them: exact steps two, wildcards one. */
export interface Held {
    rule: ReadRule;
    weight: number;
    /** It stands at this place itself, not above it. */
    isHere: boolean;
}
/** Compares every matcher of a body with the contract, where it takes effect. Findings point at the matcher. */
export declare function checkMatchers(side: Side, { bodyRules, body }: ReadPart): Finding[];
/** The rules by their paths, to be walked beside a body. Paths that are none are told. */
export declare function plantRules(rules: readonly ReadRule[], findings: Finding[]): Node;
/** A part of the rules' tree, with the weight of the way to it. */
export interface Reached {
    node: Node;
    weight: number;
}
/** What a rule says of the places below its own. */
export declare function inherit(held: Held): Held | undefined;
/** What is reached below a place. */
export declare function step(reached: readonly Reached[], name: string | number): readonly Reached[];
/** The rule that holds at a place: the heaviest there, or one above it. */
export declare function chooseRule(reached: readonly Reached[], above: Held | undefined, depth: number): Held | undefined;
