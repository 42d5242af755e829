import type { Claim, Competitor } from './bench.ts'

/** The median round of one competitor. */
export interface Row {
  name: string
  note?: string
  /** In the bench's unit. */
  median: number
  /** To the baseline's value of the same round; the median over all rounds. */
  ratio: number
  /** By round, to the baseline's value of the same round. */
  ratios: readonly number[]
  /** Half the distance between the quartiles of the ratios, in parts of `ratio`. */
  spread: number
  role: 'baseline' | 'baseline again' | 'competitor'
}

/** All competitors of a bench, the baseline first and the baseline again second. */
export interface Result {
  rows: readonly Row[]
  /** How far from 1 the baseline came when it was measured against itself: a smaller difference says nothing. */
  noise: number
}

export type Verdict = 'held' | 'missed' | 'within the noise'

/** Fewer give no median that one bad second would leave alone. */
export const FEWEST_ROUNDS = 9

/**
 * Measures all competitors, interleaved: each round takes `samplesPerRound` samples of each in an order of its own, so that a slow second
 * of the machine meets all alike. Ratios are taken within a round, then their median.
 */
export async function measureRounds(
  baseline: Competitor,
  competitors: readonly Competitor[],
  rounds: number,
  samplesPerRound: number,
): Promise<Result> {
  const entrants = [baseline, { ...baseline, name: `${baseline.name}, again` }, ...competitors].map(
    (competitor) => ({
      competitor,
      values: [] as number[],
    }),
  )
  for (let round = 0; round < rounds; round++) {
    const samples = entrants.map((entrant) => ({ entrant, taken: [] as number[] }))
    for (let turn = 0; turn < samplesPerRound; turn++) {
      for (const { entrant, taken } of shuffle(samples))
        taken.push(await entrant.competitor.measure())
    }
    for (const { entrant, taken } of samples) entrant.values.push(findMedian(taken))
  }
  const floorValues = entrants[0]?.values ?? []
  const rows = entrants.map(({ competitor, values }, index) =>
    summarise(competitor, values, floorValues, ROLES[index] ?? 'competitor'),
  )
  const again = rows[1]
  return { rows, noise: again ? Math.abs(again.ratio - 1) + again.spread : 0 }
}

const ROLES = ['baseline', 'baseline again'] as const

function summarise(
  { name, note }: Competitor,
  values: readonly number[],
  baseline: readonly number[],
  role: Row['role'],
): Row {
  const ratios = values.map((value, round) => value / (baseline[round] ?? value))
  const { ratio, spread } = describeSpread(ratios)
  return {
    name,
    ...(note === undefined ? {} : { note }),
    median: findMedian(values),
    ratio,
    ratios,
    spread,
    role,
  }
}

/** Whether a claim holds: a ratio nearer to the limit than the noise (its own or the baseline's) decides nothing. */
export function judgeClaim(
  claim: Claim,
  { rows, noise }: Result,
): { ratio: number; verdict: Verdict } {
  const row = rows.find(({ name }) => name === claim.competitor)
  if (!row)
    throw new Error(
      `The claim "${claim.says}" is about ${claim.competitor}, which was not measured.`,
    )
  const { ratio, spread } =
    claim.over === undefined
      ? row
      : divideRows(
          row,
          rows.find(({ name }) => name === claim.over),
        )
  if (Math.abs(ratio / claim.atMost - 1) <= Math.max(noise, spread))
    return { ratio, verdict: 'within the noise' }
  return { ratio, verdict: ratio < claim.atMost ? 'held' : 'missed' }
}

/** One competitor to another, round by round. */
function divideRows(row: Row, other: Row | undefined): { ratio: number; spread: number } {
  if (!other) throw new Error(`${row.name} is compared with what was not measured.`)
  return describeSpread(row.ratios.map((ratio, round) => ratio / (other.ratios[round] ?? ratio)))
}

function describeSpread(ratios: readonly number[]): { ratio: number; spread: number } {
  const ratio = findMedian(ratios)
  return { ratio, spread: (findQuantile(ratios, 0.75) - findQuantile(ratios, 0.25)) / 2 / ratio }
}

function findMedian(values: readonly number[]): number {
  return findQuantile(values, 0.5)
}

/** The value below which a part of the values lies, interpolated between neighbours. */
function findQuantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  const place = (sorted.length - 1) * part
  const below = sorted[Math.floor(place)] ?? 0
  return below + ((sorted[Math.ceil(place)] ?? below) - below) * (place % 1)
}

function shuffle<T>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, order: Math.random() }))
    .toSorted((one, other) => one.order - other.order)
    .map(({ item }) => item)
}
