import { VERSION } from '../version.ts'
import type { Departure } from './departures.ts'
import { countOf, formatDuration, type IncidentFinding } from './finding.ts'
import type { Invocation } from './invocations.ts'
import { formatMarkdownTable, sayCode, sayText } from './markdown.ts'
import type { Reenactment } from './reenactment.ts'
import { countStatuses, readQuantile, sortDurations } from './report-bins.ts'
import { fit, type Fitted, type Room } from './report-budget.ts'
import {
  createClock,
  cutTo,
  listAttempts,
  listFacts,
  listLimits,
  nameReport,
  numberEvents,
  type Place,
  type ReportOptions,
  sortFindings,
  tellInShort,
} from './report-facts.ts'
import { rankInvocations } from './report-invocations.ts'
import { groupTasks, nameTask } from './report-tasks.ts'
import type { Timeline } from './timeline.ts'

/** What each part may hold, so that the whole is a comment of a pull request: GitHub takes 65,536 characters. */
const ROOMS = {
  findings: { bytes: 16_000, items: 60 },
  broken: { bytes: 4000, items: 20 },
  departures: { bytes: 12_000, items: 40 },
  invocations: { bytes: 18_000, items: 60 },
  tasks: { bytes: 5000, items: 30 },
  sources: { bytes: 4000, items: 20 },
  limits: { bytes: 4000, items: 20 },
} as const satisfies Record<string, Room>

/**
 * The same as {@link formatReport} in GitHub's Markdown, for a pull request: without pictures and bodies, and at most 65,536 characters. What is cut is
 * counted and said. Foreign text mentions nobody, links nowhere and holds no markup.
 */
export function formatReportMarkdown(timeline: Timeline, options: ReportOptions = {}): string {
  const { reenactment, madeAt } = options
  return [
    `## ${sayText(cutTo(nameReport(timeline, options), 200))}`,
    tellInShort(timeline),
    formatMarkdownTable(['', ''], listFacts(timeline)),
    ...listFindings(timeline),
    ...(reenactment ? listReenactment(timeline, reenactment) : []),
    '### Outcomes',
    tabulateOutcomes(timeline),
    ...listInvocations(timeline),
    ...listTaskStates(timeline),
    ...listSources(timeline),
    `Made by starttask-harness ${VERSION}${madeAt === undefined ? '' : ` at ${sayText(cutTo(madeAt, 40))}`}. Pictures and bodies are in the HTML report.`,
    '',
  ].join('\n\n')
}

/** What is shown, and in a line of its own how many are not. */
function tellShown(fitted: Fitted<unknown, string>, what: string, join: (lines: readonly string[]) => string): string[] {
  const lines = fitted.shown.map(({ built }) => built)
  const cut = fitted.left > 0 ? [`${fitted.left} more ${what} are not shown here.`] : []
  return [...(lines.length > 0 ? [join(lines)] : []), ...cut]
}

function joinLines(lines: readonly string[]): string {
  return lines.join('\n')
}

function listFindings(timeline: Timeline): string[] {
  const { findings } = timeline
  const clock = createClock(timeline)
  if (findings.length === 0) return ['### What was found', 'Nothing was found.']
  const fitted = fit(sortFindings(findings), ROOMS.findings, (finding) => formatFinding(finding, clock))
  return ['### What was found', ...tellShown(fitted, 'findings', joinLines)]
}

const MOST_EVENTS = 6

function formatFinding({ severity, rule, message, basis, how, atMs, events }: IncidentFinding, clock: Place['clock'] | undefined): string {
  const shown = events.slice(0, MOST_EVENTS).join(', ')
  const about =
    events.length === 0 ? '' : `, events ${shown}${events.length > MOST_EVENTS ? ` and ${events.length - MOST_EVENTS} more` : ''}`
  const when = clock ? `${clock.format(atMs)}${about}; ` : ''
  return `- **${severity}** ${sayText(cutTo(message, 400))}<br>${when}${sayCode(rule)} ${basis}: ${sayText(cutTo(how, 200))}`
}

function tabulateOutcomes(timeline: Timeline): string {
  const attempts = listAttempts(timeline)
  const rows = countStatuses(attempts).map(([status, count]) => {
    const durations = sortDurations(attempts.filter(({ result }) => result === status))
    const times = [0.5, 0.9, 0.99, 1].map((share) =>
      durations.length === 0 ? 'not noted' : formatDuration(readQuantile(durations, share)),
    )
    return [status, count, timeline.invocations.filter(({ result }) => result === status).length, ...times]
  })
  return formatMarkdownTable(['Outcome', 'Attempts', 'Invocations', 'p50', 'p90', 'p99', 'longest'], rows)
}

function listReenactment(timeline: Timeline, run: Reenactment<unknown>): string[] {
  const { answered, launches, broken, departures, result } = run
  const counted = `${countOf(answered.recorded + answered.composed, 'request')}, ${answered.recorded} answered as recorded, ${answered.composed} as the service was then; ${countOf(launches.today, 'task')} launched, ${launches.thatDay} that day.`
  const threw = result.kind === 'threw' ? [`The code threw ${sayText(cutTo(String(result.error), 200))}.`] : []
  const judged = broken
    ? broken.length === 0
      ? ['All that the incident expects has come true.']
      : [
          `${countOf(broken.length, 'expectation is', 'expectations are')} broken:`,
          ...tellShown(
            fit(broken, ROOMS.broken, (one) => `- ${sayText(cutTo(one, 400))}`),
            'broken expectations',
            joinLines,
          ),
        ]
    : ['The recordings state no expectations: nothing is judged.']
  const columns = ['Departure', 'What', 'That day', 'Today']
  const listed = fit(departures, ROOMS.departures, (departure) => formatDeparture(departure, timeline, run.timeline))
  const tabulate = (lines: readonly string[]) => [formatMarkdownTable(columns, []), ...lines].join('\n')
  const findings = fit(sortFindings(run.timeline.findings), ROOMS.broken, (finding) => formatFinding(finding, undefined))
  return [
    '### That day and today',
    [counted, ...threw].join(' '),
    ...judged,
    ...(departures.length === 0 ? ['They are the same requests, as often.'] : tellShown(listed, 'departures', tabulate)),
    ...(findings.shown.length > 0 ? ['To be seen in today’s run:', ...tellShown(findings, 'findings', joinLines)] : []),
  ]
}

const MOST_DIFFERENCES = 3

function formatDeparture({ kind, event, message, differences }: Departure, thatDay: Timeline, today: Timeline): string {
  const places = differences.slice(0, MOST_DIFFERENCES)
  const side = (name: 'recorded' | 'sent', absent: Departure['differences'][number]['kind']) =>
    places
      .map(
        (one) =>
          `${sayCode(cutTo(one.pointer || 'the whole', 80))} ${one.kind === absent ? 'not there' : sayCode(cutTo(JSON.stringify(one[name]) ?? '', 80))}`,
      )
      .join('<br>')
  const more = differences.length > places.length ? `<br>and ${differences.length - places.length} more places` : ''
  const [before, after] =
    kind === 'new'
      ? [side('recorded', 'added'), `${side('sent', 'missing')}${more}`]
      : [summarise(thatDay, thatDay, event), summarise(thatDay, today, event)]
  return `| ${kind} | ${sayText(cutTo(message, 200))} | ${before} | ${after} |`
}

/** What a request of that day met, on a day. */
function summarise(thatDay: Timeline, day: Timeline, event: number): string {
  const asked = thatDay.events[event - 1]
  const request = thatDay.invocations.find(({ attempts }) => attempts.some((attempt) => attempt === asked))?.request
  const attempts = day.invocations.filter((invocation) => invocation.request === request).flatMap((invocation) => invocation.attempts)
  const counts = countStatuses(attempts).map(([status, count]) => `${count} ${status}`)
  return counts.join(', ') || 'not made'
}

function listInvocations(timeline: Timeline): string[] {
  const place = { numbers: numberEvents(timeline), clock: createClock(timeline) }
  const fitted = fit(rankInvocations(timeline, place.numbers), ROOMS.invocations, (invocation) => formatInvocation(invocation, place))
  const shown = fitted.shown.toSorted((one, other) => one.item.number - other.item.number)
  const cut =
    fitted.left > 0
      ? [
          `${shown.length} of ${timeline.invocations.length} invocations are shown, those first that findings name and that did not start what was asked for. The other ${fitted.left} are counted above.`,
        ]
      : []
  const table = [formatMarkdownTable(['Invocation', 'Began (UTC)', 'Outcome', 'Attempts'], []), ...shown.map(({ built }) => built)].join(
    '\n',
  )
  return ['<details><summary>Invocations</summary>', ...cut, table, '</details>']
}

const MOST_ATTEMPTS = 5

function formatInvocation({ number, operation, attempts, result }: Invocation, { numbers, clock }: Place): string {
  const shown = attempts.slice(0, MOST_ATTEMPTS).map((attempt) => {
    const { elapsedMs } = attempt.exchange
    return `${numbers.get(attempt) ?? 0}: ${sayText(cutTo(attempt.summary, 80))}${elapsedMs === undefined ? '' : ` in ${formatDuration(elapsedMs)}`}`
  })
  const more = attempts.length > shown.length ? `<br>and ${attempts.length - shown.length} more` : ''
  return `| ${number} ${sayText(cutTo(operation, 40))} | ${clock.format(attempts[0]?.atMs ?? 0)} | ${result} | ${shown.join('<br>')}${more} |`
}

const MOST_STATES = 6

function listTaskStates(timeline: Timeline): string[] {
  const clock = createClock(timeline)
  const tasks = groupTasks(timeline)
  if (tasks.length === 0) return []
  const fitted = fit(tasks, ROOMS.tasks, ({ arn, launcher, changes }) => {
    const states = changes.slice(0, MOST_STATES).map(({ atMs, summary }) => `${clock.format(atMs)} ${sayText(cutTo(summary, 80))}`)
    const more = changes.length > states.length ? `<br>and ${changes.length - states.length} more` : ''
    return `| ${sayCode(cutTo(nameTask(arn), 60))} | ${launcher === undefined ? 'no answer names it' : `invocation ${launcher}`} | ${states.join('<br>')}${more} |`
  })
  const tabulate = (lines: readonly string[]) => [formatMarkdownTable(['Task', 'Started by', 'States (UTC)'], []), ...lines].join('\n')
  return ['<details><summary>Tasks</summary>', ...tellShown(fitted, 'tasks', tabulate), '</details>']
}

function listSources(timeline: Timeline): string[] {
  const sources = fit(
    timeline.sources,
    ROOMS.sources,
    ({ recording, source, exchanges }) =>
      `- ${sayCode(cutTo(recording, 200))}, made by ${sayText(cutTo(source ?? 'nobody says what', 60))}, ${countOf(exchanges, 'exchange')}`,
  )
  const limits = fit(listLimits(timeline), ROOMS.limits, (limit) => `- ${sayText(cutTo(limit, 300))}`)
  return [
    '<details><summary>Sources</summary>',
    ...tellShown(sources, 'recordings', joinLines),
    ...(limits.shown.length > 0 ? ['What they could not tell:', ...tellShown(limits, 'limits', joinLines)] : []),
    '</details>',
  ]
}
