import { readFileSync } from 'node:fs'
import { isHarnessError } from '../../../../message/index.ts'
import { checkPact, checkSeen, type PactFinding, parsePact } from '../../../../pact/index.ts'
import { loadStoredRecordings } from '../../../../recording/index.ts'
import { applySeverity, type Config, loadConfig } from '../../../../config/index.ts'
import type { PlacedFinding } from '../../../findings/documents.ts'
import type { ReportForm } from '../../../findings/form.ts'
import { createOutput } from '../../../output/paced-output.ts'
import { createReport } from '../../../findings/reports.ts'
import type { Counts } from '../../../findings/report.ts'
import { listPactFiles } from '../files.ts'
import { EXIT, printNotice } from '../../../output/terminal.ts'

export interface CheckPactsCommand {
  paths: string[]
  recordings: string[]
  form: ReportForm
  /** Every info finding in full, not one line for each rule. */
  isVerbose: boolean
  /** The configuration file; left out, it is looked for. */
  config: string | undefined
}

/** Checks pacts against the documented contract, and against recordings where some are named; gives the exit code: 1 when a finding is an error. */
export async function checkPacts({
  paths,
  recordings,
  form,
  isVerbose,
  config: file,
}: CheckPactsCommand): Promise<number> {
  const config = loadConfig({ file })
  const seen = recordings.length > 0 ? loadStoredRecordings(recordings) : undefined
  const report = await createReport(form, { isVerbose, stream: process.stdout, env: process.env })
  const output = createOutput(process.stdout, () => {})
  const counts: Counts = { checked: 0, error: 0, warning: 0, info: 0 }
  let others = 0
  for (const path of listPactFiles(paths)) {
    const checked = checkFile(path, seen, config)
    others += checked.others
    counts.checked += checked.checked
    for (const { severity } of checked.findings) counts[severity]++
    await output.write(report.add(checked))
  }
  await output.write(report.end({ ...counts, isComplete: true }))
  if (others > 0)
    printNotice(`starttask: ${others} interactions are not of StartTask, and are not checked`)
  if (counts.checked === 0 && counts.error === 0)
    printNotice('starttask: no StartTask interaction was found')
  return counts.error > 0 ? EXIT.failed : EXIT.fine
}

interface CheckedFile {
  file: string
  text: string
  checked: number
  others: number
  findings: PlacedFinding[]
}

/** A file that cannot be read is a finding like others, so that the rest is checked all the same. */
function checkFile(
  file: string,
  seen: ReturnType<typeof loadStoredRecordings> | undefined,
  config: Config,
): CheckedFile {
  const text = readFileSync(file, 'utf8')
  try {
    const pact = parsePact(text, file)
    const { checked, others, findings } = checkPact(pact)
    const all: PactFinding[] = [...findings, ...(seen ? checkSeen(pact, seen) : [])]
    const placed = all.map(({ interaction, description, message, ...finding }) => ({
      ...finding,
      message: `${message} (interaction ${interaction}, ${JSON.stringify(description.slice(0, 80))})`,
      interaction,
      description,
      file,
    }))
    return { file, text, checked, others, findings: applySeverity(placed, config) }
  } catch (error) {
    if (!isHarnessError(error)) throw error
    const code = error.code === 'usage' ? 'pact-invalid' : error.code
    const [message = ''] = error.message.split('\n', 1)
    const finding = {
      file,
      pointer: '',
      rule: `file.${code}`,
      severity: 'error' as const,
      message,
      source: 'starttask-harness',
    }
    return { file, text, checked: 0, others: 0, findings: applySeverity([finding], config) }
  }
}
