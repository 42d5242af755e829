import { formatCount } from '../message/index.ts'
import type { AttemptEvent } from './events.ts'
import {
  type Evidence,
  formatDuration,
  type IncidentFinding,
  selectBetween,
  tellOf,
} from './finding.ts'
import { isThrottled } from './invocations.ts'

/** Throttled attempts that are no further apart than this are one stretch. */
const STRETCH_MS = 60_000

/** Stretches of throttling. */
export function findThrottling(evidence: Evidence): IncidentFinding[] {
  const stretches = splitAt(evidence.attempts.filter(isThrottled), STRETCH_MS)
  return stretches.map((throttled) => {
    const [from, to] = [throttled[0]?.atMs ?? 0, throttled.at(-1)?.atMs ?? 0]
    const among = selectBetween(evidence.attempts, from, to).length
    return tellOf(evidence, throttled, {
      rule: 'incident.throttling',
      severity: 'warning',
      message: `${throttled.length} of ${formatCount(among, 'attempt')} in ${formatDuration(to - from)} ${throttled.length === 1 ? 'was' : 'were'} throttled`,
      how: `responses with an error that SDKs take for throttling, no more than ${STRETCH_MS / 1000} s apart`,
      basis: 'seen',
    })
  })
}

const STORM_WINDOW_MS = 10_000
const STORM_RETRIES = 10

/** Times in which callers mostly repeated themselves. */
export function findRetryStorms(evidence: Evidence): IncidentFinding[] {
  const retries = new Set(evidence.invocations.flatMap(({ attempts }) => attempts.slice(1)))
  const { attempts } = evidence
  const stormy: AttemptEvent[] = []
  let [start, among, taken] = [0, 0, 0]
  for (const [end, event] of attempts.entries()) {
    if (retries.has(event)) among += 1
    while (event.atMs - (attempts[start]?.atMs ?? 0) > STORM_WINDOW_MS) {
      const gone = attempts[start]
      if (gone && retries.has(gone)) among -= 1
      start += 1
    }
    if (among >= STORM_RETRIES && among * 2 >= end - start + 1) {
      for (const one of attempts.slice(Math.max(start, taken), end + 1)) stormy.push(one)
      taken = end + 1
    }
  }
  const inferred = new Set(
    evidence.invocations.flatMap(({ found, attempts: of }) => (found === 'inferred' ? of : [])),
  )
  return splitAt(stormy, STORM_WINDOW_MS).map((storm) => {
    const repeated = storm.filter((event) => retries.has(event)).length
    const isInferred = storm.some((event) => inferred.has(event))
    return tellOf(evidence, storm, {
      rule: 'incident.retry-storm',
      severity: 'warning',
      message: `${repeated} of ${formatCount(storm.length, 'attempt')} in ${formatDuration((storm.at(-1)?.atMs ?? 0) - (storm[0]?.atMs ?? 0))} were retries`,
      how: `${STORM_RETRIES} retries or more within ${STORM_WINDOW_MS / 1000} s, and at least half of all attempts${isInferred ? '; which attempts are retries is inferred from equal requests' : ''}`,
      basis: isInferred ? 'inferred' : 'seen',
    })
  })
}

const GAP_MS = 60_000
const GAP_TIMES = 20
const FEWEST_FOR_GAPS = 10
/** Beside a gap, requests come closer: a job that runs each ten minutes has none. */
const NEIGHBOUR_TIMES = 3

/** Times in which nobody asked, though before and after they did. */
export function findGaps(evidence: Evidence): IncidentFinding[] {
  const { attempts } = evidence
  const distances = attempts.slice(1).map(({ atMs }, index) => atMs - (attempts[index]?.atMs ?? 0))
  const median =
    distances.toSorted((one, other) => one - other)[Math.floor(distances.length / 2)] ?? 0
  const longest = Math.max(GAP_MS, median * GAP_TIMES)
  if (attempts.length < FEWEST_FOR_GAPS) return []
  return distances.flatMap((distance, index) => {
    const beside = [distances[index - 1], distances[index + 1]].filter((one) => one !== undefined)
    if (distance <= longest || beside.some((one) => one * NEIGHBOUR_TIMES > distance)) return []
    const sides = attempts.slice(index, index + 2)
    return tellOf(evidence, sides, {
      rule: 'incident.gap',
      severity: 'info',
      message: `no request for ${formatDuration(distance)}`,
      how: `the time between two requests is above ${formatDuration(longest)}: a minute, or ${GAP_TIMES} times the median of ${formatDuration(median)}; and ${NEIGHBOUR_TIMES} times those before and after`,
      basis: 'seen',
    })
  })
}

function splitAt(events: readonly AttemptEvent[], apartMs: number): AttemptEvent[][] {
  const parts: AttemptEvent[][] = []
  for (const event of events) {
    const last = parts.at(-1)
    if (last && event.atMs - (last.at(-1)?.atMs ?? 0) <= apartMs) last.push(event)
    else parts.push([event])
  }
  return parts
}
