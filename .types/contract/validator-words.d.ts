import type { ValidatorError } from './generated/validators.js';
import type { Departure } from './side.ts';
/** What a departure says, without its place and rule. */
export type Said = Pick<Departure, 'message' | 'expected' | 'actual'>;
/**
 * A validator's error in words that a user can act on. `actual` is what was written at the place; `says` is the overlay's own sentence
 * for a rule whose keyword tells too little.
 */
export declare function describeError(error: ValidatorError, label: string, actual: unknown, says: string | undefined): Said;
/** The two values of a length that is too great, or too small. */
export declare function describeLength(label: string, length: number, unit: string, limit: unknown, keyword?: 'maxItems' | 'minItems' | 'maxLength' | 'minLength'): Said;
