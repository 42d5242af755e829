import { countOf, type Departure, type Reenactment, type Timeline } from '../../incident/index.ts'
import { formatMarkdownTable, sayCode, sayText } from './markdown.ts'
import { formatFinding, joinLines, tellShown } from './markdown-findings.ts'
import { countStatuses } from './bins.ts'
import { fit, type Room } from './budget.ts'
import { cutTo, sortFindings } from './facts.ts'

const BROKEN: Room = { bytes: 3000, items: 20 }
const DEPARTURES: Room = { bytes: 10_000, items: 40 }
const FINDINGS: Room = { bytes: 3000, items: 20 }

/** How today's code fared, in Markdown. */
export function listReenactment(timeline: Timeline, run: Reenactment<unknown>): string[] {
  const { answered, launches, broken, departures, result } = run
  const counted = `${countOf(answered.recorded + answered.composed, 'request')}, ${answered.recorded} answered as recorded, ${answered.composed} as the service was then; ${countOf(launches.today, 'task')} launched, ${launches.thatDay} that day.`
  const threw =
    result.kind === 'threw' ? [`The code threw ${sayText(cutTo(String(result.error), 200))}.`] : []
  const judged = broken
    ? broken.length === 0
      ? ['All that the incident expects has come true.']
      : [
          `${countOf(broken.length, 'expectation is', 'expectations are')} broken:`,
          ...tellShown(
            fit(broken, BROKEN, (one) => `- ${sayText(cutTo(one, 400))}`),
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
  const findings = fit(sortFindings(run.timeline.findings), FINDINGS, (finding) =>
    formatFinding(finding, undefined),
  )
  return [
    '### That day and today',
    [counted, ...threw].join(' '),
    ...judged,
    ...(departures.length === 0
      ? ['They are the same requests, as often.']
      : tellShown(listed, 'departures', tabulate)),
    ...(findings.shown.length > 0
      ? ['To be seen in today’s run:', ...tellShown(findings, 'findings', joinLines)]
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
          `${sayCode(cutTo(one.pointer || 'the whole', 80))} ${one.kind === absent ? 'not there' : sayCode(cutTo(JSON.stringify(one[name]) ?? '', 80))}`,
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
  return `| ${kind} | ${sayText(cutTo(message, 200))} | ${before} | ${after} |`
}

/** What a request of that day met, on a day. */
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
