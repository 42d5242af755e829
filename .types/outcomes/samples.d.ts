/** Values as they are met in the wild, by the place where they stand. Each keeps the rules of its place. */
import { fc } from './npm-install-save-dev-fast-check.ts';
/** Words of any language, and what is seldom in one. */
export declare const ANY_TEXT: fc.Arbitrary<string>;
/** Strings as they are met at a place; `undefined` where any will do. */
export declare function findSample(path: string): fc.Arbitrary<string> | undefined;
/** A time as answers give it: seconds since 1970, with milliseconds. */
export declare const TIMES: fc.Arbitrary<number>;
