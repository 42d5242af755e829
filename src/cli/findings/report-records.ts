import type { Report } from './report.ts'
import { formatRecord } from '../output/plain-records.ts'

/** What each line holds, in this order. */
const FINDING_FIELDS = [
  'severity',
  'file',
  'line',
  'exchange',
  'pointer',
  'rule',
  'message',
  'source',
] as const

/** Every finding on one line, its fields between tabs; nothing else, so that no finding is no output. */
export function createRecordReport(): Report {
  return {
    add: ({ findings }) =>
      findings
        .map((finding) => `${formatRecord(...FINDING_FIELDS.map((name) => finding[name]))}\n`)
        .join(''),
    end: () => '',
  }
}
