/** The report of an incident in GitHub's Markdown. */
import {
  type Departure,
  formatDuration,
  type IncidentFinding,
  type Invocation,
  type Reenactment,
  type RedactedTimeline,
  type Timeline,
} from '../../incident/index.ts'
import {
  escapeMarkdown,
  formatCount,
  formatMarkdownCode,
  formatMarkdownRow,
  formatMarkdownTable,
  formatValueBriefly,
} from '../../message/index.ts'
import { VERSION } from '../../package/index.ts'
import { countStatuses, readQuantile, sortDurations } from './bins.ts'
import { fit, type Fitted, type Room } from './budget.ts'
import {
  createClock,
  describeReport,
  listAttempts,
  listFacts,
  listLimits,
  nameReport,
  numberEvents,
  type Place,
  type ReportOptions,
  sortFindings,
} from './facts.ts'
import { rankInvocations } from './invocations.ts'
import { groupTasks, nameTask } from './tasks.ts'

/** What each part may hold, together with those of today's run, so that the whole is a comment of a pull request: GitHub takes 65,536 characters. */
const ROOMS = {
  findings: { bytes: 14_000, items: 60 },
  invocations: { bytes: 16_000, items: 60 },
  tasks: { bytes: 5000, items: 30 },
  sources: { bytes: 3000, items: 20 },
  limits: { bytes: 3000, items: 20 },
} as const satisfies Record<string, Room>

/**
 * The same as {@link formatReport} in GitHub's Markdown, for a pull request: without pictures and bodies, and at most 65,536 characters. What is cut is
 * counted and said. Foreign text mentions nobody, links nowhere and holds no markup.
 */
export function formatReportMarkdown(
  timeline: RedactedTimeline,
  options: ReportOptions = {},
): string {
  const { reenactment, madeAt } = options
  return [
    `## ${escapeMarkdown(nameReport(timeline, options), 200)}`,
    describeReport(timeline),
    formatMarkdownTable(['', ''], listFacts(timeline)),
    ...listFindings(timeline),
    ...(reenactment ? listReenactment(timeline, reenactment) : []),
    '### Outcomes',
    tabulateOutcomes(timeline),
    ...listInvocations(timeline),
    ...listTaskStates(timeline),
    ...listSources(timeline),
    `Made by starttask-harness ${VERSION}${madeAt === undefined ? '' : ` at ${escapeMarkdown(madeAt, 40)}`}. Pictures and bodies are in the HTML report.`,
    '',
  ].join('\n\n')
}

function listFindings(timeline: Timeline): string[] {
  const { findings } = timeline
  const clock = createClock(timeline)
  if (findings.length === 0) return ['### What was found', 'Nothing was found.']
  const fitted = fit(sortFindings(findings), ROOMS.findings, (finding) =>
    formatFinding(finding, clock),
  )
  return ['### What was found', ...formatShown(fitted, 'findings', joinLines)]
}

function tabulateOutcomes(timeline: Timeline): string {
  const attempts = listAttempts(timeline)
  const rows = countStatuses(attempts).map(([status, count]) => {
    const durations = sortDurations(attempts.filter(({ result }) => result === status))
    const times = [0.5, 0.9, 0.99, 1].map((share) =>
      durations.length === 0 ? 'not noted' : formatDuration(readQuantile(durations, share)),
    )
    return [
      status,
      count,
      timeline.invocations.filter(({ result }) => result === status).length,
      ...times,
    ]
  })
  return formatMarkdownTable(
    ['Outcome', 'Attempts', 'Invocations', 'p50', 'p90', 'p99', 'longest'],
    rows,
  )
}

function listInvocations(timeline: Timeline): string[] {
  const place = { numbers: numberEvents(timeline), clock: createClock(timeline) }
  const fitted = fit(rankInvocations(timeline, place.numbers), ROOMS.invocations, (invocation) =>
    formatInvocation(invocation, place),
  )
  const shown = fitted.shown.toSorted((one, other) => one.item.number - other.item.number)
  const cut =
    fitted.left > 0
      ? [
          `${shown.length} of ${timeline.invocations.length} invocations are shown, those first that findings name and that did not start what was asked for. The other ${fitted.left} are counted above.`,
        ]
      : []
  const table = [
    formatMarkdownTable(['Invocation', 'Began (UTC)', 'Outcome', 'Attempts'], []),
    ...shown.map(({ built }) => built),
  ].join('\n')
  return ['<details><summary>Invocations</summary>', ...cut, table, '</details>']
}

const MOST_ATTEMPTS = 5

function formatInvocation(
  { number, operation, attempts, result }: Invocation,
  { numbers, clock }: Place,
): string {
  const shown = attempts.slice(0, MOST_ATTEMPTS).map((attempt) => {
    const { elapsedMs } = attempt.exchange
    return `${numbers.get(attempt) ?? 0}: ${escapeMarkdown(attempt.summary, 80)}${elapsedMs === undefined ? '' : ` in ${formatDuration(elapsedMs)}`}`
  })
  const more =
    attempts.length > shown.length ? `<br>and ${attempts.length - shown.length} more` : ''
  return formatMarkdownRow([
    `${number} ${escapeMarkdown(operation, 40)}`,
    clock.format(attempts[0]?.atMs ?? 0),
    result,
    `${shown.join('<br>')}${more}`,
  ])
}

const MOST_STATES = 6

function listTaskStates(timeline: Timeline): string[] {
  const clock = createClock(timeline)
  const tasks = groupTasks(timeline)
  if (tasks.length === 0) return []
  const fitted = fit(tasks, ROOMS.tasks, ({ arn, launcher, changes }) => {
    const states = changes
      .slice(0, MOST_STATES)
      .map(({ atMs, summary }) => `${clock.format(atMs)} ${escapeMarkdown(summary, 80)}`)
    const more =
      changes.length > states.length ? `<br>and ${changes.length - states.length} more` : ''
    return formatMarkdownRow([
      formatMarkdownCode(nameTask(arn), 60),
      launcher === undefined ? 'no response names it' : `invocation ${launcher}`,
      `${states.join('<br>')}${more}`,
    ])
  })
  const tabulate = (lines: readonly string[]) =>
    [formatMarkdownTable(['Task', 'Started by', 'States (UTC)'], []), ...lines].join('\n')
  return [
    '<details><summary>Tasks</summary>',
    ...formatShown(fitted, 'tasks', tabulate),
    '</details>',
  ]
}

function listSources(timeline: Timeline): string[] {
  const sources = fit(
    timeline.sources,
    ROOMS.sources,
    ({ recording, source, exchanges }) =>
      `- ${formatMarkdownCode(recording, 200)}, made by ${escapeMarkdown(source ?? 'nobody says what', 60)}, ${formatCount(exchanges, 'exchange')}`,
  )
  const limits = fit(
    listLimits(timeline),
    ROOMS.limits,
    (limit) => `- ${escapeMarkdown(limit, 300)}`,
  )
  return [
    '<details><summary>Sources</summary>',
    ...formatShown(sources, 'recordings', joinLines),
    ...(limits.shown.length > 0
      ? ['What they could not tell:', ...formatShown(limits, 'limits', joinLines)]
      : []),
    '</details>',
  ]
}

const BROKEN: Room = { bytes: 3000, items: 20 }
const DEPARTURES: Room = { bytes: 10_000, items: 40 }
const TODAY_FINDINGS: Room = { bytes: 3000, items: 20 }

/** Formats the comparison of that day with today's run. */
function listReenactment(timeline: Timeline, run: Reenactment<unknown>): string[] {
  const { answered, launches, broken, departures, result } = run
  const counted = `${formatCount(answered.recorded + answered.composed, 'request')}, ${answered.recorded} answered as recorded, ${answered.composed} as the service was then; ${formatCount(launches.today, 'task')} launched, ${launches.thatDay} that day.`
  const threw =
    result.kind === 'threw' ? [`The code threw ${escapeMarkdown(String(result.error), 200)}.`] : []
  const judged = broken
    ? broken.length === 0
      ? ['All that the incident expects has come true.']
      : [
          `${formatCount(broken.length, 'expectation is', 'expectations are')} broken:`,
          ...formatShown(
            fit(broken, BROKEN, (one) => `- ${escapeMarkdown(one, 400)}`),
            'broken expectations',
            joinLines,
          ),
        ]
    : ['The recordings state no expectations: nothing is judged.']
  const columns = ['Departure', 'What', 'That day', 'Today']
  const listed = fit(departures, DEPARTURES, (departure) =>
    formatDeparture(departure, timeline, run.timeline),
  )
  const tabulate = (lines: readonly string[]) =>
    [formatMarkdownTable(columns, []), ...lines].join('\n')
  const findings = fit(sortFindings(run.timeline.findings), TODAY_FINDINGS, (finding) =>
    formatFinding(finding, undefined),
  )
  return [
    '### That day and today',
    [counted, ...threw].join(' '),
    ...judged,
    ...(departures.length === 0
      ? ['They are the same requests, as often.']
      : formatShown(listed, 'departures', tabulate)),
    ...(findings.shown.length > 0
      ? ['To be seen in today’s run:', ...formatShown(findings, 'findings', joinLines)]
      : []),
  ]
}

const MOST_DIFFERENCES = 3

function formatDeparture(
  { kind, event, message, differences }: Departure,
  thatDay: Timeline,
  today: Timeline,
): string {
  const places = differences.slice(0, MOST_DIFFERENCES)
  const side = (name: 'recorded' | 'sent', absent: Departure['differences'][number]['kind']) =>
    places
      .map(
        (one) =>
          `${formatMarkdownCode(one.pointer || 'the whole', 80)} ${one.kind === absent ? 'not there' : formatMarkdownCode(formatValueBriefly(one[name]))}`,
      )
      .join('<br>')
  const more =
    differences.length > places.length
      ? `<br>and ${differences.length - places.length} more places`
      : ''
  const [before, after] =
    kind === 'new'
      ? [side('recorded', 'added'), `${side('sent', 'missing')}${more}`]
      : [summarise(thatDay, thatDay, event), summarise(thatDay, today, event)]
  return formatMarkdownRow([kind, escapeMarkdown(message, 200), before, after])
}

/** Counts how the attempts of a request ended on a day. */
function summarise(thatDay: Timeline, day: Timeline, event: number): string {
  const asked = thatDay.events[event - 1]
  const request = thatDay.invocations.find(({ attempts }) =>
    attempts.some((attempt) => attempt === asked),
  )?.request
  const attempts = day.invocations
    .filter((invocation) => invocation.request === request)
    .flatMap((invocation) => invocation.attempts)
  const counts = countStatuses(attempts).map(([status, count]) => `${count} ${status}`)
  return counts.join(', ') || 'not made'
}

/** Formats the items that fit, and in a line of its own the number of those that do not. */
function formatShown(
  fitted: Fitted<unknown, string>,
  what: string,
  join: (lines: readonly string[]) => string,
): string[] {
  const lines = fitted.shown.map(({ built }) => built)
  const cut = fitted.left > 0 ? [`${fitted.left} more ${what} are not shown here.`] : []
  return [...(lines.length > 0 ? [join(lines)] : []), ...cut]
}

/** Joins lines. */
function joinLines(lines: readonly string[]): string {
  return lines.join('\n')
}

const MOST_EVENTS = 6

/** Formats a finding as an item of a list. Without a clock, its times and events are left out. */
function formatFinding(
  { severity, rule, message, basis, how, atMs, events }: IncidentFinding,
  clock: Place['clock'] | undefined,
): string {
  const shown = events.slice(0, MOST_EVENTS).join(', ')
  const about =
    events.length === 0
      ? ''
      : `, events ${shown}${events.length > MOST_EVENTS ? ` and ${events.length - MOST_EVENTS} more` : ''}`
  const when = clock ? `${clock.format(atMs)}${about}; ` : ''
  return `- **${severity}** ${escapeMarkdown(message, 400)}<br>${when}${formatMarkdownCode(rule)} ${basis}: ${escapeMarkdown(how, 200)}`
}
