import { formatCanonicalJson, formatPointer, isObject } from '../protocol/index.ts'

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
export function readWeight(member: string): number {
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
