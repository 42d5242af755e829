import type { DriftFinding, Unchecked } from '../../../contract/index.ts'
import { formatRecord } from '../../output/plain-records.ts'
import { printData, printText } from '../../output/terminal.ts'
import { escapeLine, formatCount, formatDetail } from '../../../message/index.ts'

/** What the contract was compared with. */
export interface DriftSource {
  name: string
  version?: string
  /** A date that the source is older than, told by a member that it lacks. */
  olderThan?: { date: string; member: string }
}

/** A finding, or what could not be checked, with the name of the source that it is about. */
export type Against<T> = { against: string } & T

/** What `starttask drift` found. A source that could not be read is in `couldNotCheck` alone. */
export interface DriftReport {
  sources: DriftSource[]
  drift: Against<DriftFinding>[]
  couldNotCheck: Against<Unchecked | { what: 'everything'; reason: string }>[]
}

/** Prints a report for a person: source by source the drift by kind, then what could not be checked; the counts last. */
export function printDriftReport(report: DriftReport): void {
  for (const source of report.sources) printText(`contract against ${nameSource(source)}\n`)
  const names = new Set(
    [...report.sources, ...report.couldNotCheck.map(({ against }) => ({ name: against }))].map(
      ({ name }) => name,
    ),
  )
  for (const name of names) {
    printDrift(report.drift.filter(({ against }) => against === name))
    printUnchecked(
      name,
      report.couldNotCheck.filter(({ against }) => against === name),
    )
  }
  printText(countReport(report))
}

/** Prints each difference as a line of fields; a source that could not be read is one of kind `unread`. */
export function printDriftRecords({ drift, couldNotCheck }: DriftReport): void {
  for (const { against, severity, kind, side, pointer, known, message } of drift) {
    printData(
      formatRecord(against, severity, kind, side, pointer, known ? 'known' : 'new', message),
    )
  }
  for (const { against, what, reason } of couldNotCheck) {
    if (what === 'everything')
      printData(formatRecord(against, 'error', 'unread', '', '', 'new', reason))
  }
}

function nameSource({ name, version, olderThan }: DriftSource): string {
  const own = escapeLine(`${name}${version === undefined ? '' : ` ${version}`}`)
  if (!olderThan) return own
  return `${own}\n  it lacks ${olderThan.member}, so it is older than ${olderThan.date}: what it lacks may be new, rather than gone`
}

function printDrift(drift: readonly DriftFinding[]): void {
  for (const [kind, findings] of Map.groupBy(drift, (finding) => finding.kind)) {
    printText(kind)
    for (const finding of findings) printFinding(finding)
    printText('')
  }
}

function printFinding({
  side,
  pointer,
  severity,
  known,
  message,
  breaks,
  from,
  source,
}: DriftFinding): void {
  const place = `${side} ${escapeLine(pointer || '(whole)')}${known ? ' (known)' : ''}`
  printText(
    [
      formatDetail(severity, `${place}\n${escapeLine(message)}`),
      formatDetail('breaks', breaks),
      formatDetail('contract', `${from}: ${source}`),
    ].join('\n'),
  )
}

/** By reason, without the places: one silent source is silent at very many. `--json` lists them. */
function printUnchecked(name: string, couldNotCheck: DriftReport['couldNotCheck']): void {
  for (const [reason, unchecked] of Map.groupBy(couldNotCheck, (one) => one.reason)) {
    const [{ what } = { what: 'everything' }] = unchecked
    const places = what === 'everything' ? '' : ` at ${formatCount(unchecked.length, 'place')}`
    printText(`could not check ${what}${places} against ${escapeLine(name)}: ${reason}`)
  }
  if (couldNotCheck.some((one) => 'pointer' in one)) printText('  --json lists the places\n')
  else if (couldNotCheck.length > 0) printText('')
}

function countReport({ drift, couldNotCheck }: DriftReport): string {
  const counts = (['error', 'warning', 'info'] as const).map((severity) => {
    const count = drift.filter((finding) => finding.severity === severity).length
    return formatCount(count, severity)
  })
  const known = drift.filter((finding) => finding.known).length
  return `drift: ${drift.length} (${counts.join(', ')}; ${known} known); could not check: ${couldNotCheck.length}`
}
