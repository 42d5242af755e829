import { type JsonObject } from '../protocol/index.ts';
/** The largest pact file, in bytes, that is read. */
export declare const MAX_PACT_BYTES: number;
/** Matchers for one place, with where they stand in the file. */
export interface ReadRule {
    /** Pact's path expression from the body's root: `$.tasks[*].taskArn`. */
    path: string;
    combine: 'AND' | 'OR';
    matchers: readonly JsonObject[];
    /** JSON Pointer into the file. */
    pointer: string;
}
/** One side of an interaction. */
export interface ReadPart {
    /** Of the part in the file. */
    pointer: string;
    headers: Record<string, string>;
    /** `undefined` when there is none. */
    body: unknown;
    /** Where the body's content stands. */
    bodyPointer: string;
    /** What specification 4 says that the body is. */
    contentType: string | undefined;
    bodyRules: readonly ReadRule[];
    headerRules: ReadonlyMap<string, ReadRule>;
    statusRules: readonly JsonObject[];
}
/** One interaction over HTTP. */
export interface ReadInteraction {
    /** From 1, as people count. */
    number: number;
    pointer: string;
    description: string;
    states: readonly {
        name: string;
        params: JsonObject;
    }[];
    request: ReadPart & {
        method: string;
        path: string;
    };
    response: ReadPart & {
        status: number;
    };
}
/** A pact file. */
export interface ReadPact {
    consumer: string;
    provider: string;
    /** The specification's number: 1 to 4. */
    version: number;
    interactions: readonly ReadInteraction[];
    /** Interactions that are no HTTP: messages. */
    others: number;
}
/**
 * Reads a pact file. Throws `not-json`, `too-large`, `too-deep`, and `usage` when it is no pact.
 *
 * @param file what it is called in messages
 */
export declare function parsePact(text: string | Uint8Array, file: string): ReadPact;
/** The rules of one body, by their paths. */
export declare function readRules(rules: JsonObject, pointer: string): ReadRule[];
