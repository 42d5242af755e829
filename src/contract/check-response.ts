import { checkSide } from './conformance.ts'
import type { Finding } from './finding.ts'
import { RESPONSE_SHAPE } from './generated/documented.js'
import { validateResponse } from './generated/validators.js'

/**
 * What departs from the documented contract in the body of an HTTP 200 answer, in document order. Never throws.
 *
 * @param view `recorded` (default): the service may have learned new members since the page, so an unknown one is info. `expected`: what
 *   somebody wrote by hand may name nothing that the page does not, so it is an error.
 */
export function checkResponse(body: unknown, view: 'recorded' | 'expected' = 'recorded'): Finding[] {
  const unknownMember = view === 'expected' ? 'error' : 'info'
  return checkSide({ name: 'response', shape: RESPONSE_SHAPE, validate: validateResponse, unknownMember }, body)
}
