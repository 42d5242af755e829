import { loadRedacted } from '../timeline/timeline.ts'
import { escapeLine, formatCount, formatDetail, HarnessError } from '../../../../message/index.ts'
import {
  createTimeline,
  reenact,
  type Reenactment,
  type ReenactOptions,
} from '../../../../incident/index.ts'
import { requirePictures } from '../../../../report/index.ts'
import { formatJson } from '../../../output/json-text.ts'
import { makeOfflineEnvironment, runChild } from '../../../process/child.ts'
import { refuseTargets, type ReportTargets, writeReport } from '../report/report.ts'
import { EXIT, printData, printNotice } from '../../../output/terminal.ts'

export interface ReenactCommand extends ReportTargets {
  paths: string[]
  time: 'none' | 'recorded' | { scale: number }
  seed: number
  config: string | undefined
  json: boolean
  command: string[]
}

/** Runs a command against the service of that day. Gives its exit code, or 1 where what the incident's expectations forbid has happened. */
export async function reenactIncident({
  paths,
  time,
  seed,
  config,
  json,
  command,
  out,
  markdown,
}: ReenactCommand): Promise<number> {
  if (command.length === 0)
    throw new HarnessError('usage', 'There is nothing to run.', {
      remedy: 'give a command after --: starttask incident reenact PATH -- node launch.js',
    })
  refuseTargets({ out, markdown }, json)
  if (out !== undefined) await requirePictures()
  const incident = createTimeline(await loadRedacted(paths))
  const scale = typeof time === 'object' ? time.scale : 1
  const clock = {
    now: () => Date.now() / (scale || 1),
    sleep: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
  }
  const options: ReenactOptions = { time, clock, seed, ...(config === undefined ? {} : { config }) }
  const run = await reenact(
    incident,
    ({ url }) => runChild(command, makeOfflineEnvironment({ ...process.env }, url)),
    options,
  )
  if (run.result.kind === 'threw') throw run.result.error
  const code = run.result.value
  if (json) printData(formatJson(describeRun(run, code)))
  else printRun(run)
  await writeReport(incident, { reenactment: run }, { out, markdown })
  return run.broken && run.broken.length > 0 ? EXIT.failed : code
}

function describeRun(
  { timeline, answered, departures, launches, broken }: Reenactment<number>,
  code: number,
): object {
  const requests = timeline.events.flatMap((event, index) =>
    event.kind === 'attempt'
      ? [
          {
            number: index + 1,
            atMs: event.atMs,
            operation: event.exchange.operation,
            attempt: event.exchange.attempt,
            summary: event.summary,
          },
        ]
      : [],
  )
  return {
    schemaVersion: 1,
    code,
    requests,
    answered,
    launches,
    departures,
    findings: timeline.findings,
    broken: broken ?? null,
  }
}

function printRun({ timeline, answered, departures, launches, broken }: Reenactment<number>): void {
  const requests = answered.recorded + answered.composed
  printNotice(
    escapeLine(
      `starttask: ${formatCount(requests, 'request')}, ${answered.recorded} answered as recorded, ${answered.composed} as the service was then; ${formatCount(launches.today, 'task')} launched, ${launches.thatDay} that day`,
    ),
  )
  for (const { kind, message } of departures) printNotice(formatDetail(kind, escapeLine(message)))
  for (const { severity, message, basis } of timeline.findings)
    printNotice(formatDetail(severity, escapeLine(`today: ${message} (${basis})`)))
  if (!broken)
    printNotice(formatDetail('expected', 'nothing: the recordings state no expectations'))
  else if (broken.length === 0) printNotice(formatDetail('expected', 'all of it has come true'))
  for (const one of broken ?? []) printNotice(formatDetail('broken', escapeLine(one)))
}
