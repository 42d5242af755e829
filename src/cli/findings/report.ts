import { escapeForTerminal, escapeLine, formatCount } from '../../message/index.ts'
import type { CheckedDocument, PlacedFinding } from './documents.ts'

export type Counts = Record<'checked' | 'error' | 'warning' | 'info', number>

/** How a run ended. One that met a document of no known kind, or a file that went away, is not complete. */
export interface Summary extends Counts {
  isComplete: boolean
}

/** A report in the making. Each step gives the text that it adds; nothing is kept but what is bounded by the number of rules. */
export interface Report {
  add(document: CheckedDocument): string
  end(summary: Summary): string
}

/** The last line of a report: what was checked, and how many findings of each severity there are. */
export function formatSummary(counts: Counts): string {
  const found = (['error', 'warning', 'info'] as const).map((severity) =>
    formatCount(counts[severity], severity),
  )
  return `checked ${counts.checked}: ${found.join(', ')}`
}

/** Where a finding stands, for a person: `FILE:LINE #EXCHANGE`. */
export function formatFindingPlace({ file, line, exchange }: PlacedFinding): string {
  return `${file}${line === undefined ? '' : `:${line}`}${exchange === undefined ? '' : ` #${exchange}`}`
}

/** The JSON Pointer of a finding from the root of its document, in which exchanges are counted from 0. */
export function formatDocumentPointer({ exchange, pointer }: PlacedFinding): string {
  return exchange === undefined ? pointer : `/exchanges/${exchange - 1}${pointer}`
}

/** Escapes untrusted text for one line of a terminal or a CI log, in which it must begin no command of the CI service. */
export function formatLogText(text: string): string {
  return escapeForTerminal(escapeLine(text))
}

/** Info findings, counted by rule with the first of each. */
export interface InfoFold {
  /** The findings that are to be told now: those that are no info. */
  take(findings: readonly PlacedFinding[]): readonly PlacedFinding[]
  folded(): { first: PlacedFinding; count: number }[]
}

/** Folds info findings, which most requests have; with `isVerbose` it folds nothing. */
export function createInfoFold(isVerbose: boolean): InfoFold {
  const rules = new Map<string, { first: PlacedFinding; count: number }>()
  const fold = (finding: PlacedFinding) => {
    const known = rules.get(finding.rule)
    if (known) known.count++
    else rules.set(finding.rule, { first: finding, count: 1 })
  }
  return {
    take(findings) {
      if (isVerbose) return findings
      for (const finding of findings) if (finding.severity === 'info') fold(finding)
      return findings.filter(({ severity }) => severity !== 'info')
    },
    folded: () => [...rules.values()],
  }
}
