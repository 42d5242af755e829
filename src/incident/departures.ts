import { formatCount } from '../message/index.ts'
import { type Difference, findNearest, type Identity } from '../matching/index.ts'
import type { AttemptEvent } from './events.ts'
import type { Timeline } from './timeline.ts'

/**
 * How today's requests depart from that day's: a request that is not made any more (`not-made`), one that nobody made that day (`new`), one that is made
 * more or less often (`repeated`, `less-often`), in attempts; or in as many attempts, but otherwise put together (`other-retries`): an SDK that
 * sends again is one invocation of two attempts, a caller that asks again is two.
 */
export interface Departure {
  kind: 'not-made' | 'new' | 'repeated' | 'less-often' | 'other-retries'
  /** The first event that it is about, by its number in that day's timeline, or in today's where it is new. */
  event: number
  message: string
  /** To the closest request of that day, for one that is new. */
  differences: readonly Difference[]
  /** That closest request's event, by its number in that day's timeline. */
  nearest?: number
}

/** Identifies a request, as the replayer of that day does. */
type Identify = (operation: string, body: unknown) => Identity

/** Compares by requests, not by times: when a request is made is the clock's. */
export async function findDepartures(
  then: Timeline,
  now: Timeline,
  identify: Identify,
): Promise<Departure[]> {
  const [before, after] = [groupByRequest(then, identify), groupByRequest(now, identify)]
  const departures = [...before].flatMap(
    ([request, asked]) => compareTimes(asked, after.get(request)) ?? [],
  )
  for (const [request, asked] of after)
    if (!before.has(request)) departures.push(await describeNew(asked, before, identify))
  return departures
}

/** One request, however often it was made. */
interface Asked {
  /** The number of its first event. */
  number: number
  operation: string
  body: unknown
  attempts: number
  invocations: ReadonlySet<number>
}

/** By what they ask for. What nobody knows the request of is like no other. */
function groupByRequest({ events, invocations }: Timeline, identify: Identify): Map<string, Asked> {
  const of = new Map(
    invocations.flatMap(({ number, attempts }) =>
      attempts.map((attempt) => [attempt, number] as const),
    ),
  )
  const attempts = events
    .map((event, index) => ({ event, number: index + 1 }))
    .filter(
      (one): one is { event: AttemptEvent; number: number } =>
        one.event.kind === 'attempt' && one.event.exchange.request.body !== null,
    )
  const groups = Map.groupBy(
    attempts,
    ({ event: { exchange } }) => identify(exchange.operation, exchange.request.body).key,
  )
  return new Map([...groups].map(([request, list]) => [request, describeAsked(list, of)]))
}

function describeAsked(
  list: readonly { event: AttemptEvent; number: number }[],
  of: ReadonlyMap<AttemptEvent, number>,
): Asked {
  const [first] = list
  return {
    number: first?.number ?? 0,
    operation: first?.event.exchange.operation ?? '',
    body: first?.event.exchange.request.body,
    attempts: list.length,
    invocations: new Set(list.map(({ event }) => of.get(event) ?? 0)),
  }
}

function compareTimes(before: Asked, after: Asked | undefined): Departure | undefined {
  const { number: event } = before
  if (!after)
    return {
      kind: 'not-made',
      event,
      message: `that day's request #${event} is not made`,
      differences: [],
    }
  if (after.attempts === before.attempts && after.invocations.size === before.invocations.size)
    return undefined
  const kind =
    after.attempts === before.attempts
      ? 'other-retries'
      : after.attempts > before.attempts
        ? 'repeated'
        : 'less-often'
  return {
    kind,
    event,
    message: `that day's request #${event} is made in ${countAttempts(after)}, and was in ${countAttempts(before)}`,
    differences: [],
  }
}

function countAttempts({ attempts, invocations: { size } }: Asked): string {
  return `${formatCount(attempts, 'attempt')}${size > 1 ? ` of ${size} invocations` : ''}`
}

async function describeNew(
  sent: Asked,
  before: ReadonlyMap<string, Asked>,
  identify: Identify,
): Promise<Departure> {
  const [near] = await findNearest(
    identify(sent.operation, sent.body),
    [...before.values()]
      .filter(({ operation }) => operation === sent.operation)
      .map((candidate) => ({ candidate, body: candidate.body })),
    ({ operation, body }) => identify(operation, body),
    { most: 1 },
  )
  const places = near?.differences.map(({ pointer }) => pointer || 'the whole').join(', ')
  return {
    kind: 'new',
    event: sent.number,
    message: `request #${sent.number} is one that was not made that day${near ? `; closest is #${near.candidate.number}, which differs at ${places}` : ''}`,
    differences: near?.differences ?? [],
    ...(near ? { nearest: near.candidate.number } : {}),
  }
}
