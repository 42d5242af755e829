import { checkSide } from './conformance.ts'
import type { Finding } from './finding.ts'
import { REQUEST_SHAPE } from './generated/documented.js'
import { validateRequest } from './generated/validators.js'
import { checkRequestRules } from './request-rules.ts'

/**
 * What departs from the documented contract in the body of a StartTask request, in document order. `undefined` members count as absent,
 * null ones too, with an info finding. Never throws: a value that cannot be walked gives one finding, `request.depth` or `request.size`.
 *
 * @param body the parsed JSON; `parseBody` keeps large numbers exact
 */
export function checkRequest(body: unknown): Finding[] {
  return checkSide(
    { name: 'request', shape: REQUEST_SHAPE, validate: validateRequest, unknownMember: 'error', rules: checkRequestRules },
    body,
  )
}
