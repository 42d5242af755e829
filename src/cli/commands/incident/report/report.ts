import { loadRedacted } from '../timeline/timeline.ts'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { HarnessError } from '../../../../message/index.ts'
import { createTimeline, type RedactedTimeline } from '../../../../incident/index.ts'
import { formatReport, formatReportMarkdown, type ReportOptions } from '../../../../report/index.ts'
import { saveText } from '../../../../recording/index.ts'
import { formatJson } from '../../../output/json-text.ts'
import { EXIT, printData, printNotice } from '../../../output/terminal.ts'

/** Where a report goes: an HTML file, a Markdown file or `-` for standard output; `undefined` is not asked for. */
export interface ReportTargets {
  out: string | undefined
  markdown: string | undefined
}

export interface ReportCommand extends ReportTargets {
  paths: string[]
  title: string | undefined
  json: boolean
}

/** Writes the report of an incident. Gives the exit code: what is found fails nothing. Throws `usage` where it has nowhere to go. */
export async function reportIncident({
  paths,
  title,
  json,
  ...targets
}: ReportCommand): Promise<number> {
  if (targets.out === undefined && targets.markdown === undefined)
    throw new HarnessError('usage', 'The report has nowhere to go.', {
      remedy: 'add --out FILE.html, --markdown FILE.md, or --markdown - for standard output',
    })
  refuseTargets(targets, json)
  const timeline = createTimeline(await loadRedacted(paths))
  const written = await writeReport(timeline, title === undefined ? {} : { title }, targets)
  const { events, invocations, findings } = timeline
  if (json)
    printData(
      formatJson({
        schemaVersion: 1,
        written,
        events: events.length,
        invocations: invocations.length,
        findings: findings.length,
      }),
    )
  return EXIT.fine
}

/** Only a report of ours is written over: a slip of the hand must not cost a recording. Standard output has room for one. Throws `usage`. */
export function refuseTargets({ out, markdown }: ReportTargets, json: boolean): void {
  if (json && markdown === '-')
    throw new HarnessError('usage', 'Both --json and --markdown - would go to standard output.', {
      remedy: 'name a file for one of them',
    })
  for (const path of [out, markdown]) {
    if (path === undefined || path === '-' || !existsSync(path) || isReport(path)) continue
    throw new HarnessError(
      'usage',
      `${path} is there already and is no report, so it is not overwritten.`,
      { remedy: 'name another file, or take it away' },
    )
  }
}

function isReport(path: string): boolean {
  const text = statSync(path).isFile() ? readFileSync(path, 'utf8') : ''
  return /^(?:<!doctype html>|## )/.test(text) && text.includes('Made by starttask-harness')
}

/** Writes what is asked for, says so, and gives the paths. */
export async function writeReport(
  timeline: RedactedTimeline,
  options: ReportOptions,
  { out, markdown }: ReportTargets,
): Promise<string[]> {
  const written: string[] = []
  const save = (path: string, text: string) => {
    saveText(path, text)
    written.push(path)
    printNotice(
      `starttask: the report is in ${path}, ${Math.ceil(Buffer.byteLength(text) / 1000)} kB`,
    )
  }
  if (out !== undefined) save(out, await formatReport(timeline, options))
  if (markdown !== undefined) {
    const text = formatReportMarkdown(timeline, options)
    if (markdown === '-') printData(text.trimEnd())
    else save(markdown, text)
  }
  return written
}
