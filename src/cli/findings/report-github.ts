import type { Severity } from '../../contract/index.ts'
import { escapeWorkflowMessage, escapeWorkflowProperty } from '../../message/index.ts'
import type { CheckedDocument, PlacedFinding } from './documents.ts'
import { createLineFinder } from './positions.ts'
import { createInfoFold, formatFindingPlace, formatSummary, type Report } from './report.ts'
import { formatRelativePath } from './uri.ts'

export interface GithubOptions {
  /** Every info finding, not one for each rule. */
  isVerbose: boolean
  /** The folder from which file names are told: the checkout. */
  folder: string
  /** Whether the report ends with the counts. */
  hasSummary: boolean
}

const COMMANDS: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'notice',
}

/** Findings as workflow commands, which GitHub Actions shows beside the lines of a change. Infos are folded: a step shows few notices. */
export function createGithubReport({ isVerbose, folder, hasSummary }: GithubOptions): Report {
  const fold = createInfoFold(isVerbose)
  const annotate = (finding: PlacedFinding, line: number | undefined, message: string) => {
    const file =
      finding.file === '-'
        ? []
        : [`file=${escapeWorkflowProperty(formatRelativePath(finding.file, folder))}`]
    const at = line === undefined ? [] : [`line=${line}`]
    const properties = [...file, ...at, `title=${escapeWorkflowProperty(finding.rule)}`]
    return `::${COMMANDS[finding.severity]} ${properties.join(',')}::${escapeWorkflowMessage(message)}\n`
  }
  return {
    add(document: CheckedDocument) {
      const told = fold.take(document.findings)
      if (told.length === 0) return ''
      const findLine = createLineFinder(document, told)
      return told
        .map((finding) => annotate(finding, findLine(finding), formatMessage(finding)))
        .join('')
    },
    end(summary) {
      if (!summary.isComplete) return ''
      const infos = fold.folded().map(({ first, count }) => {
        return annotate(
          first,
          first.line,
          `${count === 1 ? '' : `${count} times, first: `}${formatMessage(first)}`,
        )
      })
      return `${infos.join('')}${hasSummary ? `${formatSummary(summary)}\n` : ''}`
    },
  }
}

function formatMessage(finding: PlacedFinding): string {
  return `${finding.message}\n${formatFindingPlace(finding)} ${finding.pointer || '(whole)'}; ${finding.source}`
}
