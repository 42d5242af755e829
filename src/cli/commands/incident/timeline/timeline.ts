import { isArchive, readArchiveLines } from '../../../../archive/index.ts'
import {
  createTimeline,
  formatDuration,
  type Invocation,
  type NamedRecording,
  type Timeline,
  type TimelineEvent,
} from '../../../../incident/index.ts'
import { type Exchange, isTransportFailure } from '../../../../protocol/index.ts'
import { createRecording, loadStoredRecordings } from '../../../../recording/index.ts'
import { formatJson } from '../../../output/json-text.ts'
import { formatRecord } from '../../../output/plain-records.ts'
import { EXIT, printData, printNotice, printText } from '../../../output/terminal.ts'
import { loadConfig } from '../../../../config/index.ts'
import {
  acceptRecording,
  createRedaction,
  loadPseudonymKey,
  type RedactedRecording,
} from '../../../../redaction/index.ts'
import { escapeLine, formatCount, formatDetail } from '../../../../message/index.ts'

export interface TimelineCommand {
  paths: string[]
  all: boolean
  json: boolean
  /** One line an event, for programs. */
  plain: boolean
}

/** Shows what happened. Gives the exit code: what is found fails nothing, it is what was asked for. */
export async function showTimeline({ paths, all, json, plain }: TimelineCommand): Promise<number> {
  const timeline = createTimeline(await loadNamed(paths))
  if (json) printData(formatJson(describeTimeline(timeline)))
  else if (plain)
    for (const [index, event] of timeline.events.entries())
      printData(formatEventRecord(event, index + 1))
  else for (const line of formatTimeline(timeline, all)) printText(escapeLine(line))
  return EXIT.fine
}

function formatEventRecord(event: TimelineEvent, number: number): string {
  const { kind, atMs, recording, summary } = event
  if (event.kind === 'task')
    return formatRecord(number, atMs, kind, event.taskArn, '', summary, recording)
  return formatRecord(
    number,
    atMs,
    kind,
    event.exchange.operation,
    event.result,
    summary,
    recording,
  )
}

/** Recordings with their paths: files, folders, archives. */
export async function loadNamed(paths: readonly string[]): Promise<NamedRecording[]> {
  const recordings: NamedRecording[] = []
  for (const path of paths)
    recordings.push(...(isArchive(path) ? [await loadArchive(path)] : loadFiles(path)))
  return recordings
}

/** Recordings with their paths, as a report may hold them. */
export async function loadRedacted(
  paths: readonly string[],
): Promise<NamedRecording<RedactedRecording>[]> {
  const createTeamRedaction = () => {
    const { keep, redact } = loadConfig({})
    return createRedaction({ key: loadPseudonymKey().key, keep, redact })
  }
  const loaded = await loadNamed(paths)
  return loaded.map(({ name, recording }) => ({
    name,
    recording: acceptRecording(recording, createTeamRedaction),
  }))
}

function loadFiles(path: string): NamedRecording[] {
  return loadStoredRecordings(path).map(({ path: name, recording }) => ({ name, recording }))
}

/** Lines that are no archive of ours say no time. */
async function loadArchive(path: string): Promise<NamedRecording> {
  let head: { recordedAt: string; provenance: Record<string, unknown> } = {
    recordedAt: new Date(0).toISOString(),
    provenance: {},
  }
  const exchanges: Exchange[] = []
  const lines = readArchiveLines(
    path,
    ({ line, message }) => printNotice(formatDetail('damaged', `${path} line ${line}: ${message}`)),
    (header) => (head = header),
  )
  for await (const { exchange } of lines) exchanges.push(exchange)
  const { recordedAt, provenance } = head
  return {
    name: path,
    recording: createRecording({ recordedAt, provenance, exchanges }),
  }
}

/** One document: events by number, invocations and findings that name them. Bodies stand in the recordings. */
function describeTimeline({
  beganAt,
  spanMs,
  events,
  invocations,
  findings,
  sources,
  repeated,
}: Timeline): object {
  const numbers = new Map(events.map((event, index) => [event, index + 1]))
  return {
    schemaVersion: 1,
    beganAt,
    spanMs,
    sources: sources.map(({ provenance: { scenario }, ...source }) => ({ ...source, scenario })),
    repeated,
    events: events.map((event, index) => ({ number: index + 1, ...describeEvent(event) })),
    invocations: invocations.map(({ number, operation, attempts, found, result, unseen }) => ({
      number,
      operation,
      result,
      found,
      unseen,
      attempts: attempts.map((attempt) => numbers.get(attempt)),
    })),
    findings,
  }
}

function describeEvent(event: TimelineEvent): object {
  if (event.kind === 'task') {
    const { kind, atMs, recording, taskArn, summary, task } = event
    return {
      kind,
      atMs,
      recording,
      taskArn,
      summary,
      startedBy: task['startedBy'],
      group: task['group'],
    }
  }
  const { kind, atMs, recording, number, exchange, result, summary, error, failures, taskArns } =
    event
  const { operation, attempt, elapsedMs, response } = exchange
  const status = isTransportFailure(response) ? undefined : response.status
  return {
    kind,
    atMs,
    recording,
    exchange: number,
    operation,
    attempt,
    elapsedMs,
    status,
    result,
    summary,
    error,
    failures,
    taskArns,
  }
}

const MOST_SHOWN = 100

function formatTimeline(
  { beganAt, spanMs, events, invocations, findings, sources, repeated }: Timeline,
  all: boolean,
): string[] {
  const attempts = invocations.reduce((sum, invocation) => sum + invocation.attempts.length, 0)
  const counted = [
    formatCount(invocations.length, 'invocation'),
    formatCount(attempts, 'attempt'),
    formatCount(events.length - attempts, 'task state change'),
    ...(repeated > 0 ? [`${repeated} delivered again`] : []),
  ]
  return [
    `${beganAt}  ${counted.join(', ')} in ${formatDuration(spanMs)}`,
    ...sources.map(({ recording, source }) =>
      formatDetail('from', `${recording}${source === undefined ? '' : ` (${source})`}`),
    ),
    '',
    ...formatEvents(events, invocations, all),
    '',
    ...(findings.length === 0 ? ['nothing found'] : ['found']),
    ...findings.flatMap(({ severity, atMs, message, how, basis, events: about }) => [
      `  ${severity.padEnd(8)} ${formatAt(atMs)}  ${message}${formatNumbers(about)}`,
      `           ${' '.repeat(AT_WIDTH)}  ${basis}: ${how}`,
    ]),
    ...formatLimits(sources),
  ]
}

const AT_WIDTH = 12

function formatAt(ms: number): string {
  return `+${(ms / 1000).toFixed(3)} s`.padStart(AT_WIDTH)
}

function formatEvents(
  events: readonly TimelineEvent[],
  invocations: readonly Invocation[],
  all: boolean,
): string[] {
  const of = new Map(
    invocations.flatMap((invocation) =>
      invocation.attempts.map((attempt, index) => [attempt, { invocation, index }] as const),
    ),
  )
  const width = String(events.length).length
  const format = (event: TimelineEvent, index: number) => {
    const number = `#${index + 1}`.padStart(width + 1)
    if (event.kind === 'task')
      return `  ${number} ${formatAt(event.atMs)}  task ${shorten(event.taskArn)}  ${event.summary}`
    const { operation, elapsedMs, attempt } = event.exchange
    const place = of.get(event)
    const total = (place?.invocation.attempts.length ?? 1) + (place?.invocation.unseen ?? 0)
    const tries = total > 1 ? `, attempt ${attempt ?? (place?.index ?? 0) + 1} of ${total}` : ''
    const took = elapsedMs === undefined ? '' : `  in ${formatDuration(elapsedMs)}`
    return `  ${number} ${formatAt(event.atMs)}  ${operation} ${place?.invocation.number ?? ''}${tries}  ${event.summary}${took}`
  }
  if (all || events.length <= MOST_SHOWN) return events.map(format)
  const half = MOST_SHOWN / 2
  return [
    ...events.slice(0, half).map(format),
    `  … ${events.length - MOST_SHOWN} more (--all shows them)`,
    ...events.slice(-half).map((event, index) => format(event, events.length - half + index)),
  ]
}

/** An ARN's last part tells tasks apart. */
function shorten(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1)
}

const MOST_NUMBERS = 6

function formatNumbers(numbers: readonly number[]): string {
  if (numbers.length === 0) return ''
  const shown = numbers.slice(0, MOST_NUMBERS).map((number) => `#${number}`)
  return `  (${shown.join(' ')}${numbers.length > MOST_NUMBERS ? ` and ${numbers.length - MOST_NUMBERS} more` : ''})`
}

function formatLimits(sources: Timeline['sources']): string[] {
  const limits = new Set(sources.flatMap((one) => one.limits ?? []))
  return limits.size === 0 ? [] : ['', 'not told', ...[...limits].map((limit) => `  ${limit}`)]
}
