import type { Departure } from './side.ts';
/** How many characters the JSON of `overrides` may have. Source: the API page, `overrides`. */
export declare const MAX_OVERRIDES_LENGTH = 8192;
/** How many tags without the reserved prefix a task may have. Source: the API page, `tags`. */
export declare const MAX_TAGS = 50;
/** The page's rules on a request that its schema cannot say. How each is counted: contracts/README.md. */
export declare function checkRequestRules(body: unknown): Departure[];
/**
 * Whether a body that the quick validator has passed surely breaks none of these rules. It writes no JSON: an upper bound of the length
 * of `overrides` is enough for most.
 */
export declare function isWithinRules(body: unknown): boolean;
