import { fc } from './npm-install-save-dev-fast-check.ts';
import { type BodyPlace, type BodyRule } from '../contract/index.ts';
import { type JsonValue } from './values.ts';
/** Values of a place that break one of its rules and keep the others. */
export declare function breakValue(place: BodyPlace, broken: BodyRule, rules: readonly BodyRule[]): fc.Arbitrary<JsonValue>;
