import { type Rules } from './config.ts';
/** What a rules file is called where it is looked for. */
export declare const RULES_FILE = "starttask.rules.json";
export interface FindRules {
    /** The file to read. Left out, `starttask.rules.json` is looked for. */
    file?: string | undefined;
    /** The folder from which it is looked for, upwards; the working directory unless it is given. */
    from?: string;
    /** The rule ids that the file may name; the contract's unless they are given. */
    knownRules?: ReadonlySet<string>;
}
/**
 * Reads the rules file: the one that is named, or the nearest `starttask.rules.json` in `from` and the folders above it. Without one there
 * are no rules. Throws `not-found` for a named file that cannot be read, and what {@link parseRules} throws.
 */
export declare function loadRules({ file, from, knownRules }?: FindRules): Rules;
