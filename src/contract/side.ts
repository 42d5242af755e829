import type { Finding } from './finding.ts'
import type { Validator } from './generated/validators.js'
import type { Segments } from './place.ts'
import type { Shape } from './shape.ts'

/** Something wrong at a place, before it has its pointer. */
export type Departure = Omit<Finding, 'pointer'> & { segments: Segments }

/** One side of the documented contract. */
export interface Side {
  name: 'request' | 'response'
  shape: Shape
  validate: Validator
  /** How much a member weighs that the page does not show. */
  unknownMember: Finding['severity']
  /** The rules that no schema can say; they get the value as it was written, nulls included. */
  rules?: (body: unknown) => Departure[]
}
