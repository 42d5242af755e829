import { HarnessError } from '../message/index.ts';
import type { ValidatorError } from './generated/validator.js';
/** A place in a rules file. */
export interface RulesPlace {
    file: string;
    pointer: string;
}
/** The error for a rules file: fact, place, remedy. */
export declare function refuseRules(fact: string, { file, pointer }: RulesPlace, remedy: string, cause?: unknown): HarnessError;
/** The error for a rule id that the contract does not have; it names the nearest ids. */
export declare function describeUnknownRule(rule: string, place: RulesPlace, knownRules: ReadonlySet<string>): HarnessError;
/** The error for the first place where a rules file departs from its schema. */
export declare function describeDeparture(error: ValidatorError | undefined, file: string): HarnessError;
