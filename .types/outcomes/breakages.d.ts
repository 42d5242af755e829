/** Bodies that break exactly one rule: all beside the broken place is built as for a body that breaks none. */
import { fc } from './npm-install-save-dev-fast-check.ts';
import { type BodyPlace, type BodyRule } from '../contract/index.ts';
import { type JsonValue } from './values.ts';
/** A value with the way from its root to what is wrong in it. */
export interface Broken {
    readonly value: JsonValue;
    readonly segments: readonly (string | number)[];
}
/** Bodies that break one rule. `path` is the place that the rule is on, as rule ids name it. */
export declare function breakRule(body: BodyPlace, path: string, broken: BodyRule): fc.Arbitrary<Broken>;
/** Bodies in which what stands at the end of `steps` is broken in a way of its own. */
export declare function breakWithin(place: BodyPlace, steps: readonly string[], build: (place: BodyPlace) => fc.Arbitrary<Broken>): fc.Arbitrary<Broken>;
/** `tags[].key` as `tags`, `[]`, `key`. */
export declare function readSteps(path: string): string[];
