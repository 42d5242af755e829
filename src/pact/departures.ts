/** What a provider is known to answer otherwise, held against what was verified. */
import type { ProviderDeparture } from '../config/index.ts'
import type { Mismatch, VerifiedInteraction } from './verify-results.ts'

/** A verification with the departures that were listed taken into account. */
export interface Judged {
  interactions: (Omit<VerifiedInteraction, 'mismatches'> & {
    mismatches: (Mismatch & { reason?: string })[]
  })[]
  passed: number
  /** Interactions that fail as listed, and in nothing else. */
  expected: number
  failed: number
  /** What is listed and no longer occurs, of interactions that were verified. */
  gone: ProviderDeparture[]
}

/** Explains mismatches by the listed departures: `interaction` is a description or `*`, `place` a mismatch's place with `*` for any one segment. */
export function judgeDepartures(
  interactions: readonly VerifiedInteraction[],
  departures: readonly ProviderDeparture[],
): Judged {
  const met = new Set<ProviderDeparture>()
  const judged = interactions.map((interaction) => ({
    ...interaction,
    mismatches: interaction.mismatches.map((mismatch) => {
      const listed = departures.filter(
        (departure) => isOf(departure, interaction) && isAt(departure.place, mismatch.place),
      )
      for (const departure of listed) met.add(departure)
      const [first] = listed
      return first ? { ...mismatch, reason: first.reason } : mismatch
    }),
  }))
  const failing = judged.filter(({ passed }) => !passed)
  const expected = failing.filter(
    ({ mismatches }) =>
      mismatches.length > 0 && mismatches.every((mismatch) => 'reason' in mismatch),
  )
  return {
    interactions: judged,
    passed: judged.length - failing.length,
    expected: expected.length,
    failed: failing.length - expected.length,
    gone: departures.filter(
      (departure) =>
        !met.has(departure) && interactions.some((interaction) => isOf(departure, interaction)),
    ),
  }
}

function isOf({ interaction }: ProviderDeparture, { description }: VerifiedInteraction): boolean {
  return interaction === '*' || interaction === description
}

function isAt(pattern: string, place: string): boolean {
  const [wanted, found] = [pattern.split('/'), place.split('/')]
  return (
    wanted.length === found.length &&
    wanted.every((segment, index) => segment === '*' || segment === found[index])
  )
}
