import type * as generated from './generated/validators.js';
/** Everything that finds what is wrong, and where. */
export type Validators = typeof generated;
/** Those of them that look at a body. */
export type ValidatorName = Exclude<keyof Validators, ShapeName>;
/** What the page shows of a body, by the name of its constant. */
export type ShapeName = 'REQUEST_SHAPE' | 'RESPONSE_SHAPE';
/** Loads the validators at the first body that needs them: they are large, and a body with nothing wrong goes without. */
export declare function loadValidators(): Validators;
