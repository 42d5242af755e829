import type { Severity } from '../contract/index.ts'
import { buildElement, type Content, type Html } from '../page/index.ts'

/** A finding as a page shows it. */
export interface PageFinding {
  severity: Severity
  rule: string
  message: Content
  /** Where and when it is: a pointer, a time, links to rows. */
  place?: Content
  /** How it was found, or where the rule stands. */
  how?: Content
}

/** Builds a finding: its severity is a word, and the weight of its edge. */
export function buildFinding({ severity, rule, message, place, how }: PageFinding): Html {
  return buildElement(
    'article',
    { class: `finding ${severity}` },
    buildElement(
      'p',
      { class: 'what' },
      buildElement('strong', { class: 'severity' }, severity),
      ' ',
      message,
    ),
    place === undefined ? undefined : buildElement('p', { class: 'where' }, place),
    buildElement(
      'p',
      { class: 'how' },
      buildElement('code', {}, rule),
      how === undefined ? undefined : [' ', how],
    ),
  )
}
