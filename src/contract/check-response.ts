import { checkSide } from './conformance.ts'
import type { Finding, Severity } from './finding.ts'
import { isQuietResponse } from './generated/quick-looks.js'
import type { Side } from './side.ts'

/**
 * What departs from the documented contract in the body of an HTTP 200 response, in document order. Never throws.
 *
 * @param view `recorded` (default): the service may have learned since the page, so an unknown member is info, and so is a value that no
 *   enum of the model has. `expected`: what somebody wrote by hand may name nothing that is not documented, so both are errors; but it need
 *   not be whole, so nothing is required. In both, a member that a later model has is a warning that says since when.
 */
export function checkResponse(
  body: unknown,
  view: 'recorded' | 'expected' = 'recorded',
): Finding[] {
  return checkSide(view === 'expected' ? EXPECTED : RECORDED, body)
}

const COMMON: Omit<Side, 'weigh'> = {
  name: 'response',
  shape: 'RESPONSE_SHAPE',
  validators: { page: 'validateResponse', overlay: 'validateResponseOverlay' },
  isQuiet: isQuietResponse,
  note: () => [],
  checkRules: () => [],
}

const RECORDED: Side = { ...COMMON, weigh: weighRecorded }
const EXPECTED: Side = { ...COMMON, weigh: weighExpected }

function weighRecorded(keyword: string, severity: Severity): Severity {
  return keyword === 'additionalProperties' || keyword === 'enum' ? 'info' : severity
}

function weighExpected(keyword: string, severity: Severity): Severity | undefined {
  return keyword === 'required' ? undefined : severity
}
