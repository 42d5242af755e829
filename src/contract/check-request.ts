import { checkSide } from './conformance.ts'
import type { Finding } from './finding.ts'
import { isQuietRequest } from './generated/quick-looks.js'
import { findNotes, noteDefaults } from './request-notes.ts'
import { checkRequestRules, isWithinRules } from './request-rules.ts'
import type { Side } from './side.ts'

/**
 * What departs from the documented contract in the body of a StartTask request, in document order: the API page (error), the AWS model
 * (error, with its date), prose of other pages (warning), and as info what the page says about members that are left out. `undefined`
 * members count as absent, null ones too, with an info finding. Never throws: a value that cannot be walked gives one finding,
 * `request.depth` or `request.size`. Every rule is listed in contracts/start-task/rules.json.
 *
 * @param body the parsed JSON; `parseBody` keeps large numbers exact
 */
export function checkRequest(body: unknown): Finding[] {
  return checkSide(SIDE, body)
}

const SIDE: Side = {
  name: 'request',
  shape: 'REQUEST_SHAPE',
  validators: { page: 'validateRequest', overlay: 'validateRequestOverlay' },
  isQuiet: (body) => isQuietRequest(body) && isWithinRules(body),
  note: noteDefaults,
  checkRules: (body) => [...checkRequestRules(body), ...findNotes(body)],
  weigh: (_keyword, severity) => severity,
}
