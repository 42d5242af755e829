import { cutText, formatCount, formatValueBriefly } from '../../message/index.ts'
import {
  buildCode,
  buildElement,
  buildFacts,
  buildFold,
  buildNote,
  buildTable,
  type Content,
  type Html,
} from '../../page/index.ts'
import { buildFinding } from '../finding.ts'
import { buildStatus, listStatuses } from '../status.ts'
import {
  type AttemptEvent,
  type Departure,
  type Reenactment,
  type Timeline,
} from '../../incident/index.ts'
import { countStatuses } from './bins.ts'
import { fit, type Room } from './budget.ts'
import { listAttempts, sortFindings } from './facts.ts'
import { formatContent } from './bodies.ts'

const DEPARTURES: Room = { bytes: 500_000, items: 100 }
const FINDINGS: Room = { bytes: 100_000, items: 50 }
const MOST_BROKEN = 50

/** How today's code fared in the incident: what is broken of what is expected, outcomes and departures side by side. */
export function showReenactment(timeline: Timeline, run: Reenactment<unknown>): Content[] {
  const { answered, launches, broken, result } = run
  const requests = answered.recorded + answered.composed
  return [
    buildFacts([
      ['Today’s requests', String(requests)],
      ['Answered as recorded that day', String(answered.recorded)],
      ['Answered as the service was then', String(answered.composed)],
      ['Tasks launched that day', String(launches.thatDay)],
      ['Tasks launched today', String(launches.today)],
      [
        'The code',
        result.kind === 'threw' ? `threw ${cutText(String(result.error), 200)}` : 'ran to its end',
      ],
    ]),
    ...showBroken(broken),
    compareOutcomes(timeline, run.timeline),
    buildElement('h3', {}, 'How today’s requests depart from that day’s'),
    ...showDepartures(timeline, run),
    buildElement('h3', {}, 'What is to be seen in today’s run'),
    ...showFindings(run.timeline),
  ]
}

function showBroken(broken: readonly string[] | undefined): Content[] {
  if (!broken) return [buildNote('The recordings state no expectations: nothing is judged.')]
  if (broken.length === 0)
    return [
      buildElement('p', {}, buildStatus('started', 'All that the incident expects has come true.')),
    ]
  const shown = broken.slice(0, MOST_BROKEN)
  return [
    buildElement(
      'p',
      {},
      buildStatus(
        'rejected',
        `${formatCount(broken.length, 'expectation is', 'expectations are')} broken:`,
      ),
    ),
    buildElement(
      'ul',
      {},
      shown.map((one) => buildElement('li', {}, cutText(one, 500))),
    ),
    shown.length < broken.length
      ? buildNote(`${broken.length - shown.length} more are not shown.`)
      : undefined,
  ]
}

function compareOutcomes(thatDay: Timeline, today: Timeline): Html {
  const [before, after] = [
    new Map(countStatuses(listAttempts(thatDay))),
    new Map(countStatuses(listAttempts(today))),
  ]
  const statuses = listStatuses().filter((status) => before.has(status) || after.has(status))
  return buildTable({
    caption: 'Attempts by how they ended',
    columns: [
      { title: 'Outcome' },
      { title: 'That day', kind: 'number' },
      { title: 'Today', kind: 'number' },
    ],
    rows: statuses.map((status) => [
      buildStatus(status),
      before.get(status) ?? 0,
      after.get(status) ?? 0,
    ]),
  })
}

function showDepartures(
  thatDay: Timeline,
  { departures, timeline: today }: Reenactment<unknown>,
): Content[] {
  if (departures.length === 0)
    return [buildElement('p', {}, 'They are the same requests, as often.')]
  const [before, after] = [groupAttempts(thatDay), groupAttempts(today)]
  const { shown, left } = fit(departures, DEPARTURES, (departure) =>
    showDeparture(departure, { thatDay, today, before, after }),
  )
  return [
    buildTable({
      caption:
        'Requests that are made otherwise than that day, side by side; events are numbered day by day',
      columns: [{ title: 'Departure' }, { title: 'That day' }, { title: 'Today' }],
      rows: shown.map(({ built }) => built),
    }),
    left > 0
      ? buildNote(
          `${shown.length} of ${departures.length} departures are shown; starttask incident reenact --json has all.`,
        )
      : undefined,
  ]
}

interface Days {
  thatDay: Timeline
  today: Timeline
  before: ReadonlyMap<string, readonly AttemptEvent[]>
  after: ReadonlyMap<string, readonly AttemptEvent[]>
}

/** All attempts with equal requests. */
function groupAttempts({ invocations }: Timeline): Map<string, AttemptEvent[]> {
  const groups = new Map<string, AttemptEvent[]>()
  for (const { request, attempts } of invocations) {
    if (request !== undefined) groups.set(request, [...(groups.get(request) ?? []), ...attempts])
  }
  return groups
}

function showDeparture(
  { kind, event, message, differences, nearest }: Departure,
  { thatDay, today, before, after }: Days,
): Content[] {
  const request = findRequest(kind === 'new' ? today : thatDay, event)
  const left = kind === 'new' ? findRequest(thatDay, nearest ?? 0) : request
  return [
    [
      buildElement('strong', {}, kind),
      buildElement('p', {}, cutText(message, 400)),
      ...listDifferences(differences),
    ],
    showSide(before.get(left ?? '') ?? [], kind === 'new' ? 'the closest' : undefined),
    showSide(after.get(request ?? '') ?? []),
  ]
}

function findRequest({ events, invocations }: Timeline, number: number): string | undefined {
  const event = events[number - 1]
  return invocations.find(({ attempts }) => attempts.some((attempt) => attempt === event))?.request
}

const MOST_DIFFERENCES = 20

/** Where a new request differs from the closest of that day. */
function listDifferences(differences: Departure['differences']): Content[] {
  if (differences.length === 0) return []
  const shown = differences.slice(0, MOST_DIFFERENCES)
  const format = (value: unknown) => buildElement('code', {}, formatValueBriefly(value, 200))
  const items = shown.map(({ pointer, kind, recorded, sent }) =>
    buildElement('li', {}, [
      buildElement('code', {}, cutText(pointer || 'the whole', 200)),
      ...(kind === 'added' ? [' was not there'] : [' was ', format(recorded)]),
      ...(kind === 'missing' ? [', is not there'] : [', is ', format(sent)]),
    ]),
  )
  const more = differences.length - shown.length
  return [
    buildElement('ul', {}, items),
    more > 0 ? buildNote(`${more} more places differ.`) : undefined,
  ]
}

const MOST_RESPONSES = 8

/** What the attempts with one request met, equal responses together, and the request. */
function showSide(attempts: readonly AttemptEvent[], told?: string): Content {
  const [first] = attempts
  if (!first) return 'not made'
  const responses = Map.groupBy(attempts, ({ result, summary }) => `${result} ${summary}`)
  const items = [...responses.values()].slice(0, MOST_RESPONSES).map((equal) => {
    const [one] = equal
    return (
      one &&
      buildElement(
        'li',
        {},
        buildStatus(one.result, cutText(one.summary, 200)),
        equal.length > 1 ? ` ×${equal.length}` : undefined,
      )
    )
  })
  const more = responses.size - items.length
  return [
    told === undefined ? undefined : buildElement('p', { class: 'note' }, told),
    buildElement('ol', { class: 'attempts' }, items),
    more > 0 ? buildNote(`${more} other responses`) : undefined,
    buildFold({ summary: 'Request' }, buildCode(formatContent(first.exchange.request))),
  ]
}

function showFindings({ findings }: Timeline): Content[] {
  if (findings.length === 0) return [buildElement('p', {}, 'Nothing was found.')]
  const { shown, left } = fit(
    sortFindings(findings),
    FINDINGS,
    ({ severity, rule, message, basis, how }) =>
      buildFinding({
        severity,
        rule,
        message: cutText(message, 500),
        how: `${basis}: ${cutText(how, 500)}`,
      }),
  )
  return [
    shown.map(({ built }) => built),
    left > 0 ? buildNote(`${left} more are not shown.`) : undefined,
  ]
}
