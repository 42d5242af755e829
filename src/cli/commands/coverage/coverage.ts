import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { escapeLine, formatDetail, formatMessage } from '../../../message/index.ts'
import { isArchive, readArchiveLines } from '../../../archive/index.ts'
import {
  type Coverage,
  COVERAGE_KINDS,
  type CoverageGap,
  type CoverageReport,
  createCoverage,
  findCoverageGaps,
} from '../../../outcomes/index.ts'
import { listRecordingFiles, parseRecording } from '../../../recording/index.ts'
import { loadConfig } from '../../../config/index.ts'
import { formatJson } from '../../output/json-text.ts'
import { formatRecord } from '../../output/plain-records.ts'
import { EXIT, printData, printNotice, printText } from '../../output/terminal.ts'
import { readUsage } from '../../input/usage-files.ts'

export interface CoverageCommand {
  paths: string[]
  /** The folder in which runs noted what they played; without it all that is recorded counts. */
  usage: string | undefined
  config: string | undefined
  all: boolean
  json: boolean
  /** One line a name, for programs. */
  plain: boolean
}

/** Tells how much of the contract recordings have touched; gives the exit code: 1 when it is less than the configuration file asks for. */
export async function coverage({
  paths,
  usage,
  config: file,
  all,
  json,
  plain,
}: CoverageCommand): Promise<number> {
  const { coverage: thresholds } = loadConfig({ file })
  const played = usage === undefined ? undefined : readUsage(usage)
  const collected = createCoverage()
  for (const path of paths) {
    if (isArchive(path))
      await addArchive(collected, path, played?.get(resolve(path))?.played, played !== undefined)
    else addRecordings(collected, path, played)
  }
  const report = collected.report()
  const gaps = findCoverageGaps(report, thresholds)
  if (json)
    printData(
      formatJson({ schemaVersion: 1, ...report, thresholds: Object.fromEntries(thresholds), gaps }),
    )
  else if (plain) printRecords(report)
  else printTable(report, thresholds, all)
  for (const gap of gaps) printGap(gap, report)
  return gaps.length > 0 ? EXIT.failed : EXIT.fine
}

function addRecordings(
  collected: Coverage,
  path: string,
  played: ReturnType<typeof readUsage> | undefined,
): void {
  for (const file of listRecordingFiles(path)) {
    const { exchanges } = parseRecording(readFileSync(file, 'utf8'), file)
    const used = played && (played.get(resolve(file))?.played ?? new Set())
    for (const [index, exchange] of exchanges.entries())
      if (!used || used.has(index + 1)) collected.add(exchange)
  }
}

async function addArchive(
  collected: Coverage,
  path: string,
  used: Set<number> | undefined,
  isPlayedOnly: boolean,
): Promise<void> {
  let number = 0
  for await (const { exchange } of readArchiveLines(path, ({ line, message }) =>
    printNotice(formatDetail('damaged', `${path} line ${line}: ${message}`)),
  )) {
    number += 1
    if (!isPlayedOnly || used?.has(number)) collected.add(exchange)
  }
}

function printRecords(report: CoverageReport): void {
  for (const kind of COVERAGE_KINDS) {
    const { seen, missing, besides } = report[kind]
    for (const { name, times } of seen) printData(formatRecord(kind, 'touched', name, times))
    for (const name of missing) printData(formatRecord(kind, 'missing', name, 0))
    for (const { name, times } of besides) printData(formatRecord(kind, 'besides', name, times))
  }
}

const MOST_NAMED = 10

function printTable(
  report: CoverageReport,
  thresholds: ReadonlyMap<string, number>,
  all: boolean,
): void {
  printText('           touched      percent   threshold')
  for (const kind of COVERAGE_KINDS) {
    const { touched, total, percent } = report[kind]
    const threshold = thresholds.get(kind)
    const cells = [
      kind.padEnd(10),
      `${touched} of ${total}`.padEnd(12),
      `${percent.toFixed(1)} %`.padEnd(9),
      threshold === undefined ? '-' : `${threshold} %`,
    ]
    printText(cells.join(' '))
  }
  for (const kind of COVERAGE_KINDS) {
    const { missing, besides } = report[kind]
    printNames(`${kind} not touched`, missing, all)
    printNames(
      `${kind} besides, which the page does not list`,
      besides.map(({ name }) => name),
      all,
    )
  }
  printNotice(
    `starttask: ${report.exchanges} StartTask exchanges${report.unanswered > 0 ? `, ${report.unanswered} of them without a response` : ''}`,
  )
}

function printNames(heading: string, names: readonly string[], all: boolean): void {
  if (names.length === 0) return
  printText(`\n${heading}:`)
  const shown = all ? names : names.slice(0, MOST_NAMED)
  for (const name of shown) printText(`  ${escapeLine(name)}`)
  if (shown.length < names.length) printText(`  … and ${names.length - shown.length} more (--all)`)
}

function printGap({ kind, percent, threshold }: CoverageGap, report: CoverageReport): void {
  const { touched, total, missing } = report[kind]
  printNotice(
    formatMessage({
      summary: `error: ${touched} of ${total} ${kind} are touched, ${percent} %, and ${threshold} % are asked for.`,
      remedy: `record or compose what is missing, as ${missing[0] ?? ''}; or lower coverage.${kind} in the configuration file`,
    }),
  )
}
