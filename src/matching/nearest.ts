import { isObject } from '../protocol/index.ts'
import { type Difference, findDifferences, measureDistance, readWeight } from './difference.ts'
import type { Identity } from './identity.ts'

/** A recorded request near to the one that was sent. */
export interface Near<Candidate> {
  candidate: Candidate
  differences: Difference[]
}

/** A recorded request to compare with. */
export interface NearCandidate<Candidate> {
  candidate: Candidate
  /** Its body as recorded. */
  body: unknown
}

/** How many of the nearest at first sight are compared in full. */
const MOST_COMPARED = 24
/** How many are looked at before others get their turn. */
const AT_ONCE = 500

/**
 * The recorded requests that lie nearest, at most `most`, nearest first; equals in the order given. Many are looked at in one walk each, and let
 * others have their turn meanwhile (`pause`); only those that may be the nearest are compared in the form in which they count.
 */
export async function findNearest<Candidate>(
  sent: Identity,
  candidates: Iterable<NearCandidate<Candidate>>,
  identify: (candidate: Candidate) => Identity,
  {
    most = 3,
    pause = () => Promise.resolve(),
  }: { most?: number; pause?: () => Promise<void> } = {},
): Promise<Near<Candidate>[]> {
  const { shape } = sent
  const likely: { candidate: Candidate; apart: number }[] = []
  let looked = 0
  for (const { candidate, body } of candidates) {
    keepSmallest(likely, { candidate, apart: lookApart(body, shape, 1) })
    if (++looked % AT_ONCE === 0) await pause()
  }
  return likely
    .map(({ candidate }) => ({
      candidate,
      differences: findDifferences(identify(candidate).shape, shape),
    }))
    .map((near) => ({ near, distance: measureDistance(near.differences) }))
    .toSorted((a, b) => a.distance - b.distance)
    .slice(0, most)
    .map(({ near }) => near)
}

/** Keeps a list sorted and short; of equals, those that came first. */
function keepSmallest<Item extends { apart: number }>(kept: Item[], item: Item): void {
  if (kept.length === MOST_COMPARED && (kept.at(-1)?.apart ?? 0) <= item.apart) return
  let place = kept.length
  while (place > 0 && (kept[place - 1]?.apart ?? 0) > item.apart) place--
  kept.splice(place, 0, item)
  if (kept.length > MOST_COMPARED) kept.pop()
}

/** About how far two bodies lie apart, the recorded one as it is in its file: in one walk, without a copy. */
function lookApart(recorded: unknown, sent: unknown, weight: number): number {
  if (recorded === sent) return 0
  if (typeof recorded === 'string' && typeof sent === 'string')
    return isAlike(recorded, sent) ? 0 : weight
  if (Array.isArray(recorded) && Array.isArray(sent)) {
    let apart = Math.abs(recorded.length - sent.length) * weight
    for (let index = 0; index < recorded.length && index < sent.length; index++)
      apart += lookApart(recorded[index], sent[index], weight)
    return apart
  }
  if (!isObject(recorded) || !isObject(sent))
    return (recorded ?? undefined) === (sent ?? undefined) ? 0 : weight
  let apart = 0
  for (const name in recorded) {
    const own = weight * readWeight(name)
    apart += Object.hasOwn(sent, name) ? lookApart(recorded[name], sent[name], own) : own
  }
  for (const name in sent) if (!Object.hasOwn(recorded, name)) apart += weight * readWeight(name)
  return apart
}

/** A name and its ARN end alike. */
function isAlike(recorded: string, sent: string): boolean {
  return recorded.endsWith(sent) || sent.endsWith(recorded)
}
