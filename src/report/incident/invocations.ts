import { cutText, formatCount } from '../../message/index.ts'
import { buildElement, buildNote, buildTable, buildTime, type Content } from '../../page/index.ts'
import { buildStatus } from '../status.ts'
import {
  type AttemptEvent,
  formatDuration,
  type Invocation,
  type Timeline,
} from '../../incident/index.ts'
import { fit, type Room } from './budget.ts'
import { createClock, type LinkedPart, numberEvents, type Place } from './facts.ts'
import { fitBodies } from './bodies.ts'

const ROWS: Room = { bytes: 1_200_000, items: 1000 }
/** Attempts of an invocation that are shown one by one. */
const MOST_ATTEMPTS = 12

/** Invocation by invocation: what findings name and what went wrong first, where there is no room for all. */
export function listInvocations(timeline: Timeline): LinkedPart {
  const numbers = numberEvents(timeline)
  const clock = createClock(timeline)
  const bodies = fitBodies(numbers)
  const { shown, left } = fit(rankInvocations(timeline, numbers), ROWS, (invocation) =>
    describeInvocation(invocation, { numbers, clock }),
  )
  const rows = shown.map(({ item, built }) => ({
    item,
    cells: [...built.slice(0, -1), [built.at(-1), bodies.take(item)]],
  }))
  const inOrder = rows.toSorted((one, other) => one.item.number - other.item.number)
  const table = buildTable({
    caption:
      left > 0
        ? `${shown.length} of ${timeline.invocations.length} invocations`
        : 'All invocations, with their attempts and bodies',
    columns: [
      { title: 'Invocation' },
      { title: 'Began (UTC)' },
      { title: 'Outcome' },
      { title: 'Attempts' },
    ],
    rows: inOrder.map(({ cells }) => cells),
  })
  return {
    content: [
      tellLeft(timeline, { shown: shown.length, left, bodies: bodies.taken }).map((note) =>
        buildNote(note),
      ),
      table,
    ],
    events: new Set(
      inOrder.flatMap(({ item }) =>
        item.attempts.slice(0, MOST_ATTEMPTS).map((attempt) => numbers.get(attempt) ?? 0),
      ),
    ),
  }
}

function tellLeft(
  { invocations }: Timeline,
  { shown, left, bodies }: { shown: number; left: number; bodies: number },
): string[] {
  const which =
    'those that findings name, those that did not start what was asked for, then the earliest'
  return [
    ...(left > 0
      ? [
          `${shown} of ${formatCount(invocations.length, 'invocation')} are shown: ${which}. The other ${left} are counted above and stand in the recordings.`,
        ]
      : []),
    ...(bodies < shown
      ? [`Bodies are shown of ${bodies} of them, in that order; the rest are in the recordings.`]
      : []),
  ]
}

/** What a reader looks for first: what errors are about, what other findings are about, what did not start; the rest in order. */
export function rankInvocations(
  { findings, invocations }: Timeline,
  numbers: ReadonlyMap<unknown, number>,
): Invocation[] {
  const name = (severities: readonly string[]) =>
    new Set(
      findings
        .filter(({ severity }) => severities.includes(severity))
        .flatMap(({ events }) => events),
    )
  const [errors, others] = [name(['error']), name(['warning', 'info'])]
  const rank = ({ attempts, result }: Invocation) => {
    if (attempts.some((attempt) => errors.has(numbers.get(attempt) ?? 0))) return 0
    const isNamed = attempts.some((attempt) => others.has(numbers.get(attempt) ?? 0))
    const isWell = result === 'started' || result === 'answered'
    return isNamed ? (isWell ? 2 : 1) : isWell ? 4 : 3
  }
  const ranked = invocations.map((invocation) => ({ invocation, rank: rank(invocation) }))
  return ranked.toSorted((one, other) => one.rank - other.rank).map(({ invocation }) => invocation)
}

function describeInvocation(
  { number, operation, attempts, found, unseen, result }: Invocation,
  { numbers, clock }: Place,
): Content[] {
  const began = attempts[0]?.atMs ?? 0
  const shown = attempts
    .slice(0, MOST_ATTEMPTS)
    .map((attempt) =>
      buildElement(
        'li',
        { id: `event-${numbers.get(attempt) ?? 0}` },
        describeAttempt(attempt, numbers),
      ),
    )
  const notes = [
    ...(attempts.length > shown.length ? [`${attempts.length - shown.length} more attempts`] : []),
    ...(unseen > 0 ? [`${formatCount(unseen, 'attempt')} before that nobody kept`] : []),
    ...(found === 'inferred' ? ['put together since their requests are equal'] : []),
  ]
  return [
    `${number} ${cutText(operation, 60)}`,
    buildTime(clock.iso(began), clock.format(began)),
    buildStatus(result),
    [
      buildElement('ol', { class: 'attempts' }, shown),
      notes.map((note) => buildElement('p', { class: 'note' }, note)),
    ],
  ]
}

function describeAttempt(attempt: AttemptEvent, numbers: ReadonlyMap<unknown, number>): Content {
  const { elapsedMs } = attempt.exchange
  const took = elapsedMs === undefined ? '' : ` in ${formatDuration(elapsedMs)}`
  return [
    `#${numbers.get(attempt) ?? 0} `,
    buildStatus(attempt.result, cutText(attempt.summary, 200)),
    took,
  ]
}
