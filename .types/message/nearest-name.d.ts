import { HarnessError } from './harness-error.ts';
import type { Details } from './layout.ts';
/** Returns the known names that `name` may be a misspelling of, the nearest first. */
export declare function findNearestNames(name: string, known: Iterable<string>): string[];
/**
 * Makes the `usage` error for a name that is not known: an option, an operation, a format, a rule. It suggests the nearest known names, or lists
 * all of them where none is near.
 *
 * @param kind the noun that the message uses: `option`, `operation`
 * @param details where the name was found
 */
export declare function describeUnknownName(kind: string, name: string, known: Iterable<string>, details?: Details): HarnessError;
