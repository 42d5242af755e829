import { type JsonObject } from '../protocol/index.ts';
/** Reads one value of a state, or throws `usage` with the place where it stands. */
export type Reader<T> = (value: unknown, place: Place) => T;
/** The segments from the state's root. */
export type Place = readonly (string | number)[];
/** A string that a pattern matches; `meaning` says in words what it must be. */
export declare function readText(pattern: RegExp, meaning: string): Reader<string>;
/** A whole number from `least` up. */
export declare function readCount(least: number): Reader<number>;
export declare const readFlag: Reader<boolean>;
export declare const readJsonObject: Reader<JsonObject>;
export declare function readWord<T extends string>(...words: readonly T[]): Reader<T>;
/** An array; `identify` names what must be unique in it. */
export declare function readList<T>(read: Reader<T>, identify?: (item: T) => string): Reader<readonly T[]>;
/** An object with these members and no others; those in `optional` may be absent. */
export declare function readMembersOf<T extends object>(readers: {
    [Member in keyof T & string]-?: Reader<Exclude<T[Member], undefined>>;
}, optional?: readonly (keyof T & string)[]): Reader<T>;
