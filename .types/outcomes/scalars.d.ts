/** Texts and numbers that break no rule of their place. */
import { fc } from './npm-install-save-dev-fast-check.ts';
import type { BodyPlace, BodyRule, RuleKeyword } from '../contract/index.ts';
/** Texts of a place, as they are met there or spelled from what its pattern allows. */
export declare function buildText(place: BodyPlace, rules: readonly BodyRule[]): fc.Arbitrary<string>;
/** Texts of so many characters, spelled from what the pattern among the rules allows. */
export declare function spellText(rules: readonly BodyRule[], length: {
    min: number;
    max: number;
}): fc.Arbitrary<string>;
/** Characters that the pattern among the rules does not allow. */
export declare function listRefusedCharacters(rules: readonly BodyRule[]): string[];
/** Numbers of a place: whole ones, but for times. */
export declare function buildNumber(place: BodyPlace, rules: readonly BodyRule[]): fc.Arbitrary<number>;
/** The whole numbers that the rules allow, from 0 on where none says where. */
export declare function readRange(rules: readonly BodyRule[]): {
    min: number;
    max: number;
};
/** The operands of every rule of one keyword. */
export declare function listNumbers(rules: readonly BodyRule[], keyword: RuleKeyword): number[];
