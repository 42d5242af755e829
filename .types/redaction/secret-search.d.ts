import { type Pseudonyms } from './pseudonym.ts';
/** What to take out besides whatever looks like a secret. */
export interface KnownSecrets {
    values: readonly string[];
    /** How those begin that are in the value at hand at all; left out, any of them may be. */
    beginnings?: readonly string[];
    /** Whether each `"value": "…"` is one: in a text that was meant to be a body, and was cut in half. */
    hasValueTexts?: boolean;
    /** What takes the place of account ids, addresses and the like; without it they stay. */
    pseudonyms?: Pseudonyms;
}
/**
 * Takes secrets out of a text of any kind: those that are known, and whatever looks like one; as they are, escaped (JSON, percent, HTML),
 * or inside base64, hexadecimal or compressed text, which then goes whole. Private ids are found in the same places and get pseudonyms, but
 * for encoded ones, which go with what they are encoded in. A text that was redacted stays as it is.
 */
export declare function redactSecrets(text: string, known: KnownSecrets): string;
/** The strings that follow `"value":` in a text that was meant to be JSON, as they stand there and as they would be read. */
export declare function readValueTexts(text: string): string[];
/**
 * The beginnings of those secrets that a value holds as they are: looked for once in all of it, rather than in each of its texts.
 *
 * @param json what the value was parsed from: without escapes, it holds the value's texts as they are
 */
export declare function findBeginnings(value: unknown, secrets: readonly string[], json?: string): string[];
