import { HarnessError } from '../message/index.ts';
import { type JsonObject } from '../protocol/index.ts';
/** What stands on the wire. `document` is any JSON. */
export type WireKind = 'string' | 'number' | 'boolean' | 'list' | 'object' | 'map' | 'document';
/** What a source tells beyond the wire kind; absent where it does not tell. */
export type Detail = 'integer' | 'float' | 'timestamp' | 'structure' | 'union';
/** Limits, by the names of JSON Schema; a length is of a text, a list or a map. */
export declare const LIMITS: readonly ['minLength', 'maxLength', 'minimum', 'maximum'];
export type Limit = (typeof LIMITS)[number];
/** What a source may carry or not: where it does not, nothing can be said about it. */
export type Facet = 'required' | 'enum' | 'length' | 'range' | 'pattern' | 'sensitive';
/** Where a fact stands. `isProse`: only a text says so, no AWS model does, so that a model without it says nothing about it. */
export interface Origin {
    readonly from: 'page' | 'overlay' | 'model';
    readonly source: string;
    readonly isProse: boolean;
}
export interface Fact<T> {
    readonly value: T;
    readonly origin: Origin;
}
/** That a member is required, always or unless another is there. */
export interface Requirement {
    readonly origin: Origin;
    readonly unless?: string;
}
export interface ModelMember {
    /** Reads the member's node now: models may be recursive, so that nothing is read before it is asked for. */
    readonly read: () => ModelNode;
    readonly requirement?: Requirement;
}
/** A member that the contract knows to be newer than the page; `since` is a date where one is known. */
export interface NewerMember extends ModelMember {
    readonly since: string;
}
/** One place of a body, as one source tells it. */
export interface ModelNode {
    readonly kind: WireKind;
    readonly detail?: Detail;
    readonly origin: Origin;
    /** Of an object, in the source's order. */
    readonly members?: ReadonlyMap<string, ModelMember>;
    /** Of a list or map. */
    readonly readItem?: () => ModelNode;
    readonly values?: Fact<readonly string[]>;
    readonly limits?: ReadonlyMap<Limit, Fact<number>>;
    readonly pattern?: Fact<string>;
    readonly isSensitive?: boolean;
    /** The contract's alone: members that are no drift when another source has them, and rules that no model can say. */
    readonly newer?: ReadonlyMap<string, NewerMember>;
    readonly conditions?: readonly Fact<string>[];
}
/** StartTask as one source tells it. */
export interface Model {
    readonly name: string;
    readonly version?: string;
    readonly request: ModelNode;
    readonly response: ModelNode;
    readonly carries: Readonly<Record<'request' | 'response', ReadonlySet<Facet>>>;
    /** The operation's errors in order; absent when the source does not list them. */
    readonly errors?: readonly string[];
    /** Errors that the contract knows and its page does not list. */
    readonly knownErrors?: readonly string[];
}
/** The origin of every fact of a foreign model. */
export declare const EXTERNAL_MODEL: Origin;
/** What every AWS model carries, in each of its formats. */
export declare const EVERY_FACET: ReadonlySet<Facet>;
/** Refuses a model, with the place in it where it goes wrong. */
export declare function refuseModel(place: string, fact: string): HarnessError;
/** An object's own member, which must be an object. Throws `usage`. */
export declare function readObject(parent: JsonObject, name: string, place: string): JsonObject;
/** An object's own member, which must be a text. Throws `usage`. */
export declare function readText(parent: JsonObject, name: string, place: string): string;
/** An object's own member, which must be a list when it is there. Throws `usage`. */
export declare function readListOf(parent: JsonObject, name: string, place: string): readonly unknown[];
/** A list of texts. Throws `usage`. */
export declare function readTexts(parent: JsonObject, name: string, place: string): string[];
/** An object's own member: what `Object.prototype` has is none of a foreign file's. */
export declare function readOwn(parent: JsonObject, name: string): unknown;
/** The limits among `found`, as facts; a minimum length of 0 limits nothing. Throws `usage` when one is no number. */
export declare function readLimits(found: Readonly<Partial<Record<Limit, unknown>>>, place: string): ReadonlyMap<Limit, Fact<number>>;
/** A pattern as a fact, when there is one. Throws `usage` when it is no text. */
export declare function readPattern(value: unknown, place: string): {
    pattern?: Fact<string>;
};
