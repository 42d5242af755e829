import type { Severity } from '../../../contract/index.ts'
import { type Config, loadConfig } from '../../../config/index.ts'
import { type CheckedAs, checkOrRefuse } from '../../findings/documents.ts'
import type { ReportForm } from '../../findings/form.ts'
import { listInputs, readDocuments } from './inputs.ts'
import { createOutput, type Output } from '../../output/paced-output.ts'
import { createReport } from '../../findings/reports.ts'
import { type CheckSummary, chooseSummaryFile, createCheckSummary } from './summary.ts'
import { type Counts, formatSummary, type Report } from '../../findings/report.ts'
import { type LongWork, startProgress } from '../../output/long-work.ts'
import { EXIT, printNotice } from '../../output/terminal.ts'

export type { CheckedAs } from '../../findings/documents.ts'

export interface CheckCommand {
  paths: string[]
  as: CheckedAs | undefined
  form: ReportForm
  /** A file that gets a summary in Markdown; otherwise the one that GitHub Actions names. */
  summary: string | undefined
  /** Every info finding in full, not one line for each rule. */
  isVerbose: boolean
  /** Files are one document a line, whatever their names. */
  isLines: boolean
  /** The configuration file; left out, it is looked for. */
  config: string | undefined
}

/** Checks bodies and recordings against the documented contract; gives the exit code: 1 when a finding is an error. */
export async function check({
  paths,
  as,
  form,
  isVerbose,
  isLines,
  config: file,
  summary: told,
}: CheckCommand): Promise<number> {
  const config = loadConfig({ file })
  const inputs = listInputs(paths, isLines)
  const progress = startProgress(paths)
  const summaryFile = chooseSummaryFile(told, process.env)
  const run: Run = {
    as,
    config,
    report: await createReport(form, { isVerbose, stream: process.stdout, env: process.env }),
    output: createOutput(process.stdout, () => progress.clear()),
    progress,
    ...(summaryFile === undefined
      ? {}
      : { summary: createCheckSummary(summaryFile, 'starttask check') }),
    counts: { checked: 0, error: 0, warning: 0, info: 0 },
  }
  try {
    for (const input of inputs) await checkInput(run, input)
  } catch (error) {
    await closeReport(run)
    throw error
  }
  await run.output.write(run.report.end({ ...run.counts, isComplete: true }))
  run.summary?.finish({ ...run.counts, isComplete: true })
  progress.end()
  if (form !== 'plain' && form !== 'github' && process.stderr.isTTY)
    printNotice(formatSummary(run.counts))
  return run.counts.error > 0 ? EXIT.failed : EXIT.fine
}

interface Run {
  as: CheckedAs | undefined
  config: Config
  report: Report
  output: Output
  progress: LongWork
  summary?: CheckSummary
  counts: Counts
}

/** So much is collected before it is written: many small writes would take most of the time. */
const WRITE_AT = 32 * 1024

async function checkInput(
  { as, config, report, output, progress, summary, counts }: Run,
  input: Parameters<typeof readDocuments>[0],
): Promise<void> {
  let text = ''
  for await (const documents of readDocuments(input, as)) {
    for (const document of documents) {
      const checked = checkOrRefuse(document, as, config)
      count(counts, checked)
      summary?.add(checked)
      text += report.add(checked)
      if (text.length < WRITE_AT) continue
      await output.write(text)
      text = ''
    }
    // Nobody reads on, and the exit code is known: what is left could change nothing.
    if (output.isClosed() && counts.error > 0) return
    progress.show(`${counts.checked} checked, ${counts.error} errors; ${input.file}`)
  }
  await output.write(text)
}

function count(
  counts: Counts,
  { checked, findings }: { checked: number; findings: readonly { severity: Severity }[] },
): void {
  counts.checked += checked
  for (const { severity } of findings) counts[severity]++
}

/** What a report has begun it ends, so that a reader of JSON meets a whole document; what it has not begun stays unwritten. */
async function closeReport({ report, output, progress, summary, counts }: Run): Promise<void> {
  if (output.hasWritten()) await output.write(report.end({ ...counts, isComplete: false }))
  progress.end()
  summary?.finish({ ...counts, isComplete: false })
}
