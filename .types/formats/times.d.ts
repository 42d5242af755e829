import { type JsonObject } from '../protocol/index.ts';
/** Gives times their form on the wire, seconds since 1970: events and logs write them as text. Every documented time of a task ends in `At`. */
export declare function restoreTimes(value: unknown, name?: string): unknown;
/** As {@link restoreTimes}, of an object. */
export declare function restoreTimesOf(value: JsonObject): JsonObject;
/** A time of a log, in milliseconds since 1970: text, or a number of seconds or milliseconds. */
export declare function readTime(value: unknown): number | undefined;
