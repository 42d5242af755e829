import type { BodyPlace, BodyRule } from '../contract/index.ts';
import { type Case } from './conditions.ts';
/**
 * The ways in which an object can be all that its rules ask of the presence of its members, together so decided that each condition holds or
 * does not. `spared` is the rule that is to be broken: its conditions hold, and it asks for nothing. Empty when `wish` cannot be met.
 */
export declare function listCases(place: BodyPlace, wish?: Case, spared?: BodyRule): Case[];
/** The rules on a member that hold in a case. */
export declare function listActiveRules(member: BodyPlace, one: Case): BodyRule[];
/** Whether the operand of a rule is a list of values. */
export declare function isList(operand: BodyRule['operand']): operand is readonly string[];
