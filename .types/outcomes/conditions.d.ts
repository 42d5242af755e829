/** What is decided about an object, and how a condition is made to hold. */
import type { Condition } from '../contract/index.ts';
/**
 * What is decided about one member of an object: it is left out, it is there, or it is there with this value. `other`: it is there with a value
 * that no condition names.
 */
export type State = 'absent' | 'present' | 'other' | {
    readonly value: string;
};
/** What is decided about an object, by member. What is not decided may be either way. */
export type Case = Readonly<Record<string, State>>;
/** The ways to go on from a case in which a condition holds, or does not. */
export declare function solve(condition: Condition, wanted: boolean, one: Case): Case[];
/** The ways to go on in which a member is there, or is not. */
export declare function decidePresence(one: Case, member: string, wanted: boolean): Case[];
