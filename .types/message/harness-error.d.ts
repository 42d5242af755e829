import { type Details } from './layout.ts';
/**
 * The kind of a {@link HarnessError}: something that the caller can fix now.
 *
 * - `usage`: an argument or option that is unknown or has a wrong value
 * - `recording-invalid`: a file that is no recording, or one that breaks the format
 * - `recording-version`: a recording of a format version that this package does not read
 * - `too-large`, `too-deep`: input refused before any walk
 * - `not-json`: text that must be JSON and is not
 * - `not-found`: a path that does not exist
 * - `write-failed`: a file that could not be written
 * - `secret-found`: what would have been written still looks like a secret
 * - `lock-held`: another process writes the same recordings and does not end
 * - `credentials-missing`: a request to AWS has nothing to be signed with
 * - `port-in-use`, `listen-failed`: the HTTP listener could not start
 * - `upstream-required`, `upstream-unreachable`: a live mode without its service
 * - `unused`: recorded exchanges that nobody asked for
 * - `already-active`: a recorder started twice in one process
 * - `broker-refused`: a Pact Broker that does not take what is published
 * - `interaction-failed`: the client did not do what a consumer contract's interaction says
 * - `interaction-conflict`: two interactions of one pact with the same description and states, and different content
 * - `node-too-old`: this Node.js is older than the package needs
 */
export type HarnessErrorCode = 'usage' | 'recording-invalid' | 'recording-version' | 'too-large' | 'too-deep' | 'not-json' | 'not-found' | 'write-failed' | 'secret-found' | 'lock-held' | 'credentials-missing' | 'port-in-use' | 'listen-failed' | 'upstream-required' | 'upstream-unreachable' | 'unused' | 'already-active' | 'broker-refused' | 'interaction-failed' | 'interaction-conflict' | 'node-too-old';
/** The parts of a {@link HarnessError} in addition to its code and its first sentence. */
export interface HarnessErrorParts extends ErrorOptions {
    /** Facts with a label each: `['place', 'recordings/web.json']`. */
    details?: Details;
    /** An imperative sentence, or a command that runs when pasted. */
    remedy?: string | undefined;
}
/**
 * The error class of this package. Recognize it by `name` and `code` rather than `instanceof`, because two copies of the package may be loaded.
 *
 * `message` holds everything that a person needs, in the layout of {@link formatMessage}: what happened, the details, the remedy. Programs
 * read `summary`, `details` and `remedy`.
 */
export declare class HarnessError extends Error {
    readonly name = "HarnessError";
    readonly code: HarnessErrorCode;
    /** What happened, in one sentence. */
    readonly summary: string;
    readonly details: Details;
    readonly remedy: string | undefined;
    constructor(code: HarnessErrorCode, summary: string, parts?: HarnessErrorParts);
}
/** Reports whether `error` is a HarnessError of any loaded copy of this package, optionally of one code. */
export declare function isHarnessError(error: unknown, code?: HarnessErrorCode): error is HarnessError;
