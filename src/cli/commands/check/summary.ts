import { appendFileSync } from 'node:fs'
import {
  describeReason,
  escapeMarkdown,
  formatMarkdownCode,
  formatMarkdownTable,
  HarnessError,
} from '../../../message/index.ts'
import type { CheckedDocument, PlacedFinding } from '../../findings/documents.ts'
import { formatFindingPlace, formatSummary, type Summary } from '../../findings/report.ts'

/** So many findings have a row; the rest is counted. A step's summary on GitHub has room for one MiB. */
const MOST_ROWS = 50
/** Longer texts in a row are cut. */
const MOST_CHARACTERS = 500

/** A summary in the making, for the page of a CI run. */
export interface CheckSummary {
  add(document: CheckedDocument): void
  /** Appends the summary to the file, which others may have begun. Throws `write-failed`. */
  finish(summary: Summary): void
}

/** Where the summary goes: the file that is named, else the one that GitHub Actions names for a step; `undefined` for nowhere. */
export function chooseSummaryFile(
  told: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  return told ?? (env['GITHUB_STEP_SUMMARY'] || undefined)
}

/** @param title what was checked, as a heading; none of it foreign */
export function createCheckSummary(file: string, title: string): CheckSummary {
  const rows: PlacedFinding[] = []
  let told = 0
  return {
    add({ findings }) {
      for (const finding of findings) {
        if (finding.severity === 'info') continue
        told += 1
        if (rows.length < MOST_ROWS) rows.push(finding)
      }
    },
    finish(summary) {
      const text = formatCheckSummary(title, summary, rows, told)
      try {
        appendFileSync(file, text)
      } catch (error) {
        const reason = describeReason(error)
        throw new HarnessError('write-failed', `The summary cannot be written: ${reason}.`, {
          remedy: 'name a file that can be with --summary FILE',
          cause: error,
        })
      }
    },
  }
}

function formatCheckSummary(
  title: string,
  summary: Summary,
  rows: readonly PlacedFinding[],
  told: number,
): string {
  const verdict = !summary.isComplete
    ? 'It did not come to its end.'
    : summary.error > 0
      ? 'It failed.'
      : 'It went well.'
  const table = formatMarkdownTable(
    ['severity', 'place', 'rule', 'what is wrong'],
    rows.map((finding) => [
      finding.severity,
      formatMarkdownCode(
        `${formatFindingPlace(finding)} ${finding.pointer || '(whole)'}`,
        MOST_CHARACTERS,
      ),
      formatMarkdownCode(finding.rule, MOST_CHARACTERS),
      escapeMarkdown(finding.message, MOST_CHARACTERS),
    ]),
  )
  const parts = [
    `### ${title}`,
    `${verdict} ${formatSummary(summary)}`,
    ...(rows.length > 0 ? [table] : []),
    ...(told > rows.length ? [`${told - rows.length} more are in the log.`] : []),
  ]
  return `${parts.join('\n\n')}\n\n`
}
