import { formatCanonicalJson, formatPointer, isObject } from '../protocol/index.ts'
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

/** How many of the closest at first sight are compared in full. */
const MOST_COMPARED = 24
/** How many are looked at before others get their turn. */
const AT_ONCE = 500

/**
 * The recorded requests that are closest, at most `most`, closest first; equals in the order given. Many are looked at in one walk each, and let
 * others have their turn meanwhile (`pause`); only those that may be the closest are compared in the form in which they count.
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

/** One place at which a sent request differs from a recorded one. */
export interface Difference {
  pointer: string
  /** `missing`: recorded, not sent. `added`: sent, not recorded. */
  kind: 'changed' | 'missing' | 'added'
  recorded?: unknown
  sent?: unknown
}

/** Every place at which two shapes differ, in the order of the recorded one; none when they are the same. */
export function findDifferences(
  recorded: unknown,
  sent: unknown,
  path: readonly (string | number)[] = [],
): Difference[] {
  if (isObject(recorded) && isObject(sent)) {
    const names = [...new Set([...Object.keys(recorded), ...Object.keys(sent)])]
    return names.flatMap((name) =>
      compareMember(ownMember(recorded, name), ownMember(sent, name), [...path, name]),
    )
  }
  if (Array.isArray(recorded) && Array.isArray(sent)) {
    const longer = recorded.length > sent.length ? recorded : sent
    return longer.flatMap((_, index) =>
      compareMember(recorded[index], sent[index], [...path, index]),
    )
  }
  if (formatCanonicalJson(recorded) === formatCanonicalJson(sent)) return []
  return [{ pointer: formatPointer(path), kind: 'changed', recorded, sent }]
}

function ownMember(value: Record<string, unknown>, name: string): unknown {
  return Object.hasOwn(value, name) ? value[name] : undefined
}

function compareMember(
  recorded: unknown,
  sent: unknown,
  path: readonly (string | number)[],
): Difference[] {
  if (sent === undefined) return [{ pointer: formatPointer(path), kind: 'missing', recorded }]
  if (recorded === undefined) return [{ pointer: formatPointer(path), kind: 'added', sent }]
  return findDifferences(recorded, sent, path)
}

/**
 * How far two shapes lie apart: the values that the differences hold, those that say what runs and where three times as heavy as others.
 */
export function measureDistance(differences: readonly Difference[]): number {
  return differences.reduce((sum, { pointer, recorded, sent }) => {
    const weight = readWeight(/^\/([^/]*)/.exec(pointer)?.[1] ?? '')
    return sum + weight * Math.max(countValues(recorded), countValues(sent))
  }, 0)
}

/** How much a member of a request counts. */
function readWeight(member: string): number {
  return member === 'taskDefinition' || member === 'containerInstances' || member === 'cluster'
    ? 3
    : 1
}

function countValues(value: unknown): number {
  if (value === undefined) return 0
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + countValues(item), 1)
  if (isObject(value))
    return Object.values(value).reduce<number>((sum, item) => sum + countValues(item), 1)
  return 1
}
