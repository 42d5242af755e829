import * as validators from './generated/validators.js'

/** Everything that finds what is wrong, and where. */
export type Validators = typeof validators

/** Those of them that look at a body. */
export type ValidatorName = Exclude<keyof Validators, ShapeName>

/** What the page shows of a body, by the name of its constant. */
export type ShapeName = 'REQUEST_SHAPE' | 'RESPONSE_SHAPE'

/** Returns the compiled validators and the shapes that their findings are described with. */
export function loadValidators(): Validators {
  return validators
}
