import { type JsonObject } from '../protocol/index.ts';
import { type Refusal } from './reply.ts';
type Kind = 'string' | 'strings' | 'integer';
type Kinds = Readonly<Record<string, Kind>>;
type Value<K extends Kind> = K extends 'string' ? string : K extends 'strings' ? readonly string[] : number;
/** The members that a request gave, null counting as absent as in AWS JSON. */
export type Members<K extends Kinds> = {
    readonly [Name in keyof K]?: Value<K[Name]>;
};
/** Reads the members of a request body of the operations that the contract knows no schema of; any other member is refused by name. */
export declare function readMembers<K extends Kinds>(operation: string, body: JsonObject, kinds: K): Members<K> | Refusal;
/** A string member of an object that may be neither; for bodies that the contract has checked already. */
export declare function readString(holder: unknown, name: string): string | undefined;
/** An object member, as {@link readString}. */
export declare function readObject(holder: JsonObject, name: string): JsonObject | undefined;
/** An array member, as {@link readString}; empty when absent. */
export declare function readArray(holder: JsonObject | undefined, name: string): readonly unknown[];
export {};
