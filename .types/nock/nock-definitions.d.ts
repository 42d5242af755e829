import { type Exchange, type Recording } from '../protocol/index.ts';
export interface ReadNockDefinitionsOptions {
    /** What the definitions without a target are; otherwise those are refused: every ECS request is `POST /`. */
    operation?: string;
    /** Operations that are read besides StartTask. */
    allow?: readonly string[];
    /** The rules file whose `keep` and `redact` apply; otherwise `starttask.rules.json`, in the working directory or above. */
    rules?: string;
}
/**
 * Reads nock's definitions, as `nock.recorder.play()` gives them with `output_objects`, or as the text of a file, into a recording without
 * secrets. Definitions of other services and operations are left out; the provenance counts them. Nobody knows when their exchanges were:
 * the times are 0, and the recording's own is that of the first response's `Date`, or 1970. `badheaders` and `options` are left out too,
 * for they say what nock shall refuse.
 *
 * Text keeps numbers that a double cannot hold; in definitions that are values they were lost before.
 *
 * Throws `recording-invalid` with a pointer for anything that is no such list, `not-json`, `too-large`, `too-deep`, and `usage` for a
 * wrong option.
 */
export declare function readNockDefinitions(definitions: unknown, options?: ReadNockDefinitionsOptions): Recording;
/** What nock does not keep of an exchange. */
export declare const NOCK_LIMITS = "nock keeps no failures and no times, parses bodies anew, and loses digits of numbers beyond 2^53";
/** Reads definitions one by one: the exchange, secrets and all, and when its response says that it was made. */
export declare function createDefinitionReader(operations: readonly string[]): (value: unknown, place: string) => {
    exchange: Exchange;
    at: number | undefined;
} | undefined;
