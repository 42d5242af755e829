import type { Severity } from '../contract/index.ts'
import type { AttemptEvent, TimelineEvent } from './events.ts'
import type { Invocation } from './invocations.ts'

/** Something that happened, found in a timeline. */
export interface IncidentFinding {
  rule: IncidentRule
  severity: Severity
  /** Milliseconds since the timeline began. */
  atMs: number
  untilMs: number
  /** The events that it is about, by their numbers in the timeline, from 1. */
  events: readonly number[]
  message: string
  /** How it was found, so that a reader can judge it. */
  how: string
  /** `inferred` where the sources do not say it, and it follows from what they say. */
  basis: 'seen' | 'inferred'
}

export type IncidentRule =
  | 'incident.throttling'
  | 'incident.retry-storm'
  | 'incident.gap'
  | 'incident.double-launch'
  | 'incident.started-unnoticed'
  | 'incident.repeated-launch'
  | 'incident.failures'
  | 'incident.partial'
  | 'incident.rejected'
  | 'incident.unanswered'
  | 'incident.task-stopped'
  | 'incident.no-time'

/** What findings are made from; events, and attempts, are in the order of time. */
export interface Evidence {
  events: readonly TimelineEvent[]
  /** Each event's number, from 1. */
  numbers: ReadonlyMap<TimelineEvent, number>
  attempts: readonly AttemptEvent[]
  invocations: readonly Invocation[]
}

type Told = Omit<IncidentFinding, 'atMs' | 'untilMs' | 'events'>

/** A finding about events of a timeline; `about` is not empty. */
export function tellOf(
  { numbers }: Evidence,
  about: readonly TimelineEvent[],
  told: Told,
): IncidentFinding {
  const times = about.map(({ atMs }) => atMs)
  return {
    rule: told.rule,
    severity: told.severity,
    atMs: times.reduce((one, other) => Math.min(one, other), Infinity),
    untilMs: times.reduce((one, other) => Math.max(one, other), -Infinity),
    events: about.flatMap((event) => numbers.get(event) ?? []),
    message: told.message,
    how: told.how,
    basis: told.basis,
  }
}

/** The events from one time to another, both included, of events in the order of time. */
export function selectBetween<Event extends { atMs: number }>(
  events: readonly Event[],
  fromMs: number,
  untilMs: number,
): Event[] {
  return events.slice(
    findFirst(events, (atMs) => atMs >= fromMs),
    findFirst(events, (atMs) => atMs > untilMs),
  )
}

/** Where the events begin that are late enough. */
function findFirst(events: readonly { atMs: number }[], isLate: (atMs: number) => boolean): number {
  let [low, high] = [0, events.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (isLate(events[middle]?.atMs ?? Infinity)) high = middle
    else low = middle + 1
  }
  return low
}

/** Formats a duration as people read it: `0.25 s`, `12 s`, `3 min`, `2.5 h`. */
export function formatDuration(ms: number): string {
  if (ms < 10_000) return `${Number((ms / 1000).toFixed(ms < 1000 ? 3 : 2))} s`
  if (ms < 120_000) return `${Number((ms / 1000).toFixed(1))} s`
  return ms < 7_200_000
    ? `${Number((ms / 60_000).toFixed(1))} min`
    : `${Number((ms / 3_600_000).toFixed(1))} h`
}
