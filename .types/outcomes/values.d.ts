/** Values that break no rule of their place: neither one of the page nor one of the model or of prose. */
import { fc } from './npm-install-save-dev-fast-check.ts';
import type { BodyPlace, BodyRule } from '../contract/index.ts';
import type { Case } from './conditions.ts';
/** A body or a part of it, built here and therefore plain JSON. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | {
    readonly [member: string]: JsonValue;
};
/** An object of a body. */
export type JsonMembers = {
    readonly [member: string]: JsonValue;
};
/** The bodies that stand at a place, or parts of them, by the type that was generated from the same schema. */
export declare function buildBody<Body extends object>(place: BodyPlace): fc.Arbitrary<Body>;
/** What breaks no rule of a place. `rules`: those that hold there. */
export declare function buildValue(place: BodyPlace, rules?: readonly BodyRule[]): fc.Arbitrary<JsonValue>;
/** The objects of a place. `wish` says what must be there and what must not; then `spared` is a rule that need not be kept. */
export declare function buildObject(place: BodyPlace, wish?: Case, spared?: BodyRule): fc.Arbitrary<JsonMembers>;
/** One of the cases that the rules of an object leave. Throws when they leave none. */
export declare function chooseCase<T>(place: BodyPlace, wish: Case, spared: BodyRule | undefined, build: (one: Case) => fc.Arbitrary<T>): fc.Arbitrary<T>;
/** The objects of one case; `beside` is a member that is not built here. */
export declare function buildCase(place: BodyPlace, one: Case, beside?: string): fc.Arbitrary<JsonMembers>;
/** A list with items that differ where a rule asks for it; `least` more than the usual when it is given. */
export declare function buildList(place: BodyPlace, rules: readonly BodyRule[], least?: number): fc.Arbitrary<readonly JsonValue[]>;
/** The members that must not have the same value in two items. */
export declare function listUniqueMembers(items: BodyPlace): string[];
/** Whether a value is an object, and no list. */
export declare function isMembers(value: JsonValue): value is JsonMembers;
