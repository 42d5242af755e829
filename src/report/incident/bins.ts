/** Stretches of time as people count them, and what falls into each. */
import { listStatuses } from '../status.ts'
import type { AttemptResult, AttemptEvent } from '../../incident/index.ts'

/** A stretch of time and the attempts that began in it. */
export interface Bin {
  fromMs: number
  toMs: number
  attempts: readonly AttemptEvent[]
}

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const STEPS = [
  [1, [1, 2, 5, 10, 20, 50, 100, 200, 500]],
  [SECOND, [1, 2, 5, 10, 15, 30]],
  [MINUTE, [1, 2, 5, 10, 15, 30]],
  [HOUR, [1, 2, 3, 6, 12]],
  [DAY, [1, 2, 7, 28]],
] as const
const MOST_BINS = 48

/** Cuts the time from the first to the last attempt into at most 49 equal stretches, in the order of time; those in which nothing was are left out. */
export function binAttempts(attempts: readonly AttemptEvent[]): Bin[] {
  const first = attempts.reduce((min, { atMs }) => Math.min(min, atMs), Infinity)
  const last = attempts.reduce((max, { atMs }) => Math.max(max, atMs), -Infinity)
  if (attempts.length === 0) return []
  const step = chooseStep((last - first) / MOST_BINS)
  const groups = Map.groupBy(attempts, ({ atMs }) => Math.floor(atMs / step))
  return [...groups]
    .toSorted(([one], [other]) => one - other)
    .map(([index, within]) => ({
      fromMs: index * step,
      toMs: (index + 1) * step,
      attempts: within,
    }))
}

function chooseStep(least: number): number {
  const steps = STEPS.flatMap(([unit, counts]) => counts.map((count) => count * unit))
  return steps.find((step) => step >= least) ?? Math.ceil(least / DAY) * DAY
}

/** How many attempts ended in which way; ways that none ended in are left out. */
export function countStatuses(attempts: readonly AttemptEvent[]): [AttemptResult, number][] {
  const groups = Map.groupBy(attempts, ({ result }) => result)
  return listStatuses().flatMap((status): [AttemptResult, number][] => {
    const count = groups.get(status)?.length ?? 0
    return count === 0 ? [] : [[status, count]]
  })
}

/** Three quarters of all that happened, in less than a tenth of the time. */
const MOST_OF_IT = 0.75
const LITTLE_TIME = 0.1
const FEWEST = 12

/** The short time in which most of it happened, with what followed on soon; `undefined` where it is spread over the whole. */
export function findBusyStretch(
  times: readonly number[],
  spanMs: number,
): { fromMs: number; toMs: number } | undefined {
  const sorted = times.toSorted((one, other) => one - other)
  const within = Math.ceil(sorted.length * MOST_OF_IT)
  if (sorted.length < FEWEST) return undefined
  let best = { index: 0, widthMs: Infinity }
  for (let index = 0; index + within <= sorted.length; index += 1) {
    const widthMs = (sorted[index + within - 1] ?? 0) - (sorted[index] ?? 0)
    if (widthMs < best.widthMs) best = { index, widthMs }
  }
  if (best.widthMs > spanMs * LITTLE_TIME) return undefined
  const soon = Math.max(best.widthMs / 10, 1)
  let [from, to] = [best.index, best.index + within - 1]
  while (from > 0 && (sorted[from] ?? 0) - (sorted[from - 1] ?? 0) <= soon) from -= 1
  while (to + 1 < sorted.length && (sorted[to + 1] ?? 0) - (sorted[to] ?? 0) <= soon) to += 1
  return { fromMs: sorted[from] ?? 0, toMs: sorted[to] ?? 0 }
}

/** The value that so large a share of the values does not exceed, in milliseconds; `values` is sorted and not empty. */
export function readQuantile(values: readonly number[], share: number): number {
  return values[Math.max(0, Math.ceil(values.length * share) - 1)] ?? 0
}

/** How long the attempts took that say so, the shortest first. */
export function sortDurations(attempts: readonly AttemptEvent[]): number[] {
  return attempts
    .flatMap(({ exchange }) => exchange.elapsedMs ?? [])
    .toSorted((one, other) => one - other)
}
