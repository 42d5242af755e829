import { findDifferences } from '../matching/index.ts'
import type { Difference } from '../matching/index.ts'
import type { AttemptEvent } from './events.ts'
import type { Timeline } from './timeline.ts'

/**
 * How today's requests depart from that day's: a request that is not made any more (`not-made`), one that nobody made that day (`new`), one that is made
 * more or less often (`repeated`, `less-often`), in attempts.
 */
export interface Departure {
  kind: 'not-made' | 'new' | 'repeated' | 'less-often'
  /** The first event that it is about, by its number in that day's timeline, or in today's where it is new. */
  event: number
  message: string
  /** To the nearest request of that day, for one that is new. */
  differences: readonly Difference[]
  /** That nearest request's event, by its number in that day's timeline. */
  nearest?: number
}

/** Compares by requests, not by times: when a request is made is the clock's. */
export function findDepartures(then: Timeline, now: Timeline): Departure[] {
  const [before, after] = [groupByRequest(then), groupByRequest(now)]
  const departures: Departure[] = []
  for (const [request, asked] of before) {
    const again = after.get(request)
    const event = asked[0]?.number ?? 0
    if (!again) departures.push({ kind: 'not-made', event, message: `that day's request #${event} is not made`, differences: [] })
    else if (again.length !== asked.length) {
      const kind = again.length > asked.length ? 'repeated' : 'less-often'
      const message = `that day's request #${event} is made in ${count(again.length)}, and was in ${count(asked.length)}`
      departures.push({ kind, event, message, differences: [] })
    }
  }
  for (const [request, asked] of after) {
    const [first] = asked
    if (before.has(request) || !first) continue
    const nearest = findNearest(first.attempt, then)
    const message = `request #${first.number} is one that was not made that day${nearest ? `; nearest is #${nearest.number}, which differs at ${nearest.differences.map(({ pointer }) => pointer || 'the whole').join(', ')}` : ''}`
    departures.push({
      kind: 'new',
      event: first.number,
      message,
      differences: nearest?.differences ?? [],
      ...(nearest ? { nearest: nearest.number } : {}),
    })
  }
  return departures
}

function count(attempts: number): string {
  return attempts === 1 ? 'one attempt' : `${attempts} attempts`
}

interface Numbered {
  attempt: AttemptEvent
  number: number
}

function listAttempts({ events }: Timeline): Numbered[] {
  return events.flatMap((event, index) => (event.kind === 'attempt' ? [{ attempt: event, number: index + 1 }] : []))
}

/** Attempts by what they ask for. What nobody knows the request of is like no other. */
function groupByRequest(timeline: Timeline): Map<string, Numbered[]> {
  const requests = new Map(timeline.invocations.flatMap(({ attempts, request }) => attempts.map((attempt) => [attempt, request] as const)))
  return Map.groupBy(
    listAttempts(timeline).filter(({ attempt }) => requests.get(attempt) !== undefined),
    ({ attempt }) => requests.get(attempt) ?? '',
  )
}

function findNearest(sent: AttemptEvent, then: Timeline): { number: number; differences: readonly Difference[] } | undefined {
  const near = listAttempts(then)
    .filter(({ attempt }) => attempt.exchange.operation === sent.exchange.operation && attempt.exchange.request.body !== null)
    .map(({ attempt, number }) => ({ number, differences: findDifferences(attempt.exchange.request.body, sent.exchange.request.body) }))
  return near.toSorted((one, other) => one.differences.length - other.differences.length)[0]
}
