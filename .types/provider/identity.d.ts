/** Makes an id from what it is for; the same purpose gives the same id. */
export type IdMaker = (...purpose: readonly (string | number)[]) => string;
/**
 * Ids from a seed, in the form of a version 4 UUID. Task ids have that form too: today's service gives 32 hex digits, but the page's
 * sample, which is the authority here, shows a UUID.
 */
export declare function createIdMaker(seed: number): IdMaker;
