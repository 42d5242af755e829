import { type Difference, findDifferences, measureDistance } from './difference.ts'
import type { Identity } from './identity.ts'

/** A recorded request near to the one that was sent. */
export interface Near<Candidate> {
  candidate: Candidate
  differences: Difference[]
}

/** The recorded requests of the same operation that lie nearest, at most `most`, nearest first; equals in recorded order. */
export function findNearest<Candidate extends { identity: Identity }>(
  sent: Identity,
  candidates: readonly Candidate[],
  most = 3,
): Near<Candidate>[] {
  return candidates
    .filter((candidate) => candidate.identity.operation === sent.operation)
    .map((candidate) => ({ candidate, differences: findDifferences(candidate.identity.shape, sent.shape) }))
    .map((near) => ({ near, distance: measureDistance(near.differences) }))
    .toSorted((a, b) => a.distance - b.distance)
    .slice(0, most)
    .map(({ near }) => near)
}
