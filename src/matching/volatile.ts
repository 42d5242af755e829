import { formatCanonicalJson, isObject, parsePointer } from '../protocol/index.ts'
import { findDifferentKind, replaceVolatile, type VolatileKind } from './volatile-text.ts'
import { identifyRequest, type MatchRules } from './identity.ts'
import { type Difference, findDifferences, measureDistance } from './nearest.ts'

/** A place that a team may want to ignore: its values differed where nothing that says what runs did. */
export interface Proposal {
  pointer: string
  /** What both values look like; `other` where that tells nothing, so that somebody should look at them. */
  kind: VolatileKind
  /** In how many pairs of requests the values differed. */
  seen: number
  /** How many pairs have a value at this place on both sides. */
  of: number
}

/**
 * Compares the request bodies of two recordings of one flow, of one operation each: every request is paired with the closest of the other
 * side, in order. Pairs that differ in what runs or where (a definition, an instance, a size, a role), in a number, in their members or in the
 * lengths of their lists are different requests and propose nothing; so do bodies that are no objects. Environment values never count. What
 * `rules` ignore already is not proposed.
 */
export function proposeIgnores(
  before: readonly unknown[],
  after: readonly unknown[],
  rules: MatchRules = {},
): Proposal[] {
  const pairs = pairRequests(describeAll(before, rules), describeAll(after, rules))
  const kinds = new Map<string, VolatileKind[]>()
  for (const { differences } of pairs) {
    for (const difference of differences) {
      const seen = kinds.get(difference.pointer) ?? []
      seen.push(readKind(difference) ?? 'other')
      kinds.set(difference.pointer, seen)
    }
  }
  return [...kinds].map(([pointer, seen]) => {
    const path = parsePointer(pointer) ?? []
    return {
      pointer,
      kind: chooseKind(seen),
      seen: seen.length,
      of: pairs.filter(({ shape }) => hasPlace(shape, path)).length,
    }
  })
}

interface Described {
  shape: unknown
  /** The keys under which it is paired, the strictest first. */
  keys: readonly string[]
}

function describeAll(bodies: readonly unknown[], rules: MatchRules): Described[] {
  return bodies.filter(isObject).map((body) => {
    const { key, shape } = identifyRequest('', body, rules)
    return { shape, keys: [key, formatKey(shape, replaceVolatile), formatKey(shape, () => '')] }
  })
}

/** The shape as text, with the texts in which requests of one flow may differ rewritten. */
function formatKey(shape: unknown, rewrite: (text: string) => string): string {
  return formatCanonicalJson(rewriteTexts(shape, rewrite))
}

function rewriteTexts(value: unknown, rewrite: (text: string) => string): unknown {
  if (typeof value === 'string') return rewrite(value)
  if (Array.isArray(value)) return value.map((item) => rewriteTexts(item, rewrite))
  if (!isObject(value)) return value
  const members = Object.entries(value).map(
    ([name, member]) =>
      [name, SETTINGS.has(name) ? member : rewriteTexts(member, rewrite)] as const,
  )
  return Object.fromEntries(members)
}

/** Members that say what runs, where, and with how much: two requests that differ in one are two requests. */
const SETTINGS: ReadonlySet<string> = new Set([
  'cluster',
  'containerInstance',
  'containerInstances',
  'cpu',
  'environmentFiles',
  'executionRoleArn',
  'key',
  'memory',
  'name',
  'networkConfiguration',
  'resourceRequirements',
  'roleArn',
  'service',
  'services',
  'task',
  'taskDefinition',
  'taskRoleArn',
  'tasks',
])

interface RequestPair {
  shape: unknown
  differences: Difference[]
}

/** First those that are equal, then those that look equal, then the nearest that could be: a request is in one pair at most. */
function pairRequests(before: readonly Described[], after: readonly Described[]): RequestPair[] {
  const pairs: RequestPair[] = []
  let left = { before, after }
  for (let strictness = 0; strictness < MOST_KEYS; strictness++) {
    const waiting = Map.groupBy(left.after, ({ keys }) => keys[strictness] ?? '')
    const alone = left.before.filter(({ shape, keys }) => {
      const candidates = waiting.get(keys[strictness] ?? '') ?? []
      const nearest = strictness < MOST_KEYS - 1 ? 0 : findNearestPlace(shape, candidates)
      const [other] = candidates.splice(nearest, 1)
      if (other)
        pairs.push({
          shape,
          differences: strictness === 0 ? [] : findDifferences(shape, other.shape),
        })
      return !other
    })
    left = { before: alone, after: [...waiting.values()].flat() }
  }
  return pairs
}

const MOST_KEYS = 3
/** How many candidates are looked at for the closest: a flow with more requests of one form is paired in order. */
const MOST_CANDIDATES = 32

function findNearestPlace(shape: unknown, candidates: readonly Described[]): number {
  const distances = candidates
    .slice(0, MOST_CANDIDATES)
    .map((candidate) => measureDistance(findDifferences(shape, candidate.shape)))
  return distances.indexOf(Math.min(...distances))
}

function readKind({ recorded, sent }: Difference): VolatileKind | undefined {
  return typeof recorded === 'string' && typeof sent === 'string'
    ? findDifferentKind(recorded, sent)
    : undefined
}

/** One that was seen and tells nothing makes the place one to look at. */
function chooseKind(seen: readonly VolatileKind[]): VolatileKind {
  if (seen.includes('other')) return 'other'
  const counts = [...Map.groupBy(seen, (kind) => kind)].toSorted(
    ([, one], [, other]) => other.length - one.length,
  )
  return counts[0]?.[0] ?? 'other'
}

function hasPlace(shape: unknown, path: readonly string[]): boolean {
  let value = shape
  for (const segment of path) {
    if (Array.isArray(value)) value = value[Number(segment)]
    else if (isObject(value) && Object.hasOwn(value, segment)) value = value[segment]
    else return false
  }
  return value !== undefined
}
