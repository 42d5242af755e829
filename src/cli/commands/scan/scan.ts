import { formatRecord } from '../../output/plain-records.ts'
import { scanFile, type ScanFinding } from './file.ts'
import { describe, listScanInputs, type Unread } from './inputs.ts'
import { startProgress } from '../../output/long-work.ts'
import { EXIT, printData, printNotice, printText } from '../../output/terminal.ts'
import { escapeLine, formatCount, formatDetail } from '../../../message/index.ts'

export interface ScanCommand {
  paths: string[]
  json: boolean
  /** One line a secret, for programs. */
  plain: boolean
}

/**
 * Looks for secrets in files, as continuous integration and a commit hook want it. Gives the exit code: 1 when there is one, 3 when there is
 * none but something could not be searched.
 */
export async function scan({ paths, json, plain }: ScanCommand): Promise<number> {
  const { files, unread, passedOver } = listScanInputs(paths)
  const findings: ScanFinding[] = []
  const progress = startProgress(paths)
  let scanned = 0
  for (const file of files) {
    progress.show(`${scanned} of ${files.length} searched, ${findings.length} found; ${file}`)
    try {
      await scanFile(file, {
        add: (finding) => findings.push(finding),
        miss: (missed, reason) => unread.push({ file: missed, reason }),
      })
      scanned += 1
    } catch (error) {
      unread.push({ file, reason: describe(error) })
    }
  }
  progress.end()
  if (json)
    printText(
      JSON.stringify({ schemaVersion: 1, scanned, passedOver, unread, findings }, undefined, 2),
    )
  else if (plain)
    for (const { file, exchange, line, pointer, kind } of findings)
      printData(formatRecord(file, exchange, line, pointer, kind))
  else printFindings(findings)
  printRest({ findings, unread, scanned, passedOver })
  if (findings.length > 0) return EXIT.failed
  return unread.length > 0 ? EXIT.environment : EXIT.fine
}

function printFindings(findings: readonly ScanFinding[]): void {
  for (const { file, exchange, line, pointer, kind } of findings) {
    const place = [
      exchange === undefined ? '' : `#${exchange}`,
      line === undefined ? '' : `line ${line}`,
      pointer ?? '',
    ]
    printText(escapeLine(`${[file, ...place].filter(Boolean).join(' ')}: ${kind}`))
  }
}

interface ScanSummary {
  findings: readonly ScanFinding[]
  unread: readonly Unread[]
  scanned: number
  passedOver: number
}

function printRest({ findings, unread, scanned, passedOver }: ScanSummary): void {
  const files = formatCount(scanned, 'file')
  if (findings.length === 0) printNotice(`starttask: no secret found in ${files}`)
  else
    printNotice(
      `starttask: ${findings.length} found in ${files}; take them out with starttask redact PATH, and make the credentials invalid`,
    )
  if (passedOver > 0)
    printNotice(
      formatDetail(
        'passed',
        `over ${passedOver} in folders: links, and files that are neither data nor text by their names`,
      ),
    )
  for (const { file, reason } of unread)
    printNotice(escapeLine(`starttask: ${file} was not searched: ${reason}`))
}
