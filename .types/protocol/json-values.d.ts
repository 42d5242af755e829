import { type JsonObject } from './json.ts';
/** Readers of parsed JSON whose shape is not known: each returns a value of one type, or an empty one. They never throw. */
/** Returns the value if it is an object, otherwise an empty object. */
export declare function readObject(value: unknown): JsonObject;
/** Returns the value if it is a list, otherwise an empty list. */
export declare function readList(value: unknown): readonly unknown[];
/** Returns the value if it is text. */
export declare function readText(value: unknown): string | undefined;
/** Returns the value if it is a finite number. */
export declare function readNumber(value: unknown): number | undefined;
