import { type PrivateIdKind } from '../contract/index.ts';
/** What stands in the place of every secret value. */
export declare const REDACTED = "(redacted)";
/** The same where the service takes no parentheses: in `startedBy` and in tags. */
export declare const REDACTED_WORD = "redacted";
/** Gives ids their pseudonyms. */
export interface Pseudonyms {
    /** The pseudonym of an id: of the same form, the same for the same id. A pseudonym is its own, whatever the key. */
    choose(kind: PrivateIdKind, id: string): string;
}
/**
 * Pseudonyms from a keyed hash: without the key nobody finds out, by trying, whose they are. Without one they are equal on every machine.
 * Each kind has a mark and a check by which it is known again: `0000` and a check for accounts, 198.18.0.0/15 and 2001:db8::/32 (which RFC 2544
 * and RFC 3849 keep free) for addresses. Two ids may fall on one pseudonym, accounts about once in a million pairs.
 */
export declare function createPseudonyms(key: Uint8Array | undefined): Pseudonyms;
/** Whether a text holds what redaction puts in the place of something: a request that does was never meant for a service. */
export declare function containsPseudonym(text: string): boolean;
