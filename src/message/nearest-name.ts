import { formatValueBriefly } from './brief-value.ts'
import { HarnessError } from './harness-error.ts'
import type { Details } from './layout.ts'
import { joinNames } from './words.ts'

/** The most names that are suggested. */
const MOST = 3
/** Longer texts are not misspelt names, and comparing them would take long. */
const LONGEST = 200

/** Returns the known names that `name` may be a misspelling of, the nearest first. */
export function findNearestNames(name: string, known: Iterable<string>): string[] {
  if (name.length > LONGEST) return []
  const limit = name.length < 4 ? 1 : Math.max(2, Math.floor(name.length / 4))
  return [...known]
    .map((candidate) => ({
      candidate,
      distance: measureDistance(name.toLowerCase(), candidate.toLowerCase(), limit),
    }))
    .filter(({ distance }) => distance <= limit)
    .toSorted(
      (left, right) =>
        left.distance - right.distance || (left.candidate < right.candidate ? -1 : 1),
    )
    .slice(0, MOST)
    .map(({ candidate }) => candidate)
}

/** The edit distance of two texts; a distance beyond `limit` counts as `limit + 1`. */
function measureDistance(left: string, right: string, limit: number): number {
  if (Math.abs(left.length - right.length) > limit) return limit + 1
  let row = Array.from({ length: right.length + 1 }, (_, index) => index)
  for (let index = 0; index < left.length; index++)
    row = measureRow(row, index + 1, left[index], right)
  return row.at(-1) ?? 0
}

function measureRow(
  above: readonly number[],
  first: number,
  character: string | undefined,
  right: string,
): number[] {
  const row = [first]
  for (let index = 0; index < right.length; index++) {
    const replaced = (above[index] ?? 0) + (right[index] === character ? 0 : 1)
    row.push(Math.min(replaced, (above[index + 1] ?? 0) + 1, (row[index] ?? 0) + 1))
  }
  return row
}

/**
 * Throws the `usage` error of {@link describeUnknownName} for the first option that is not among `known`: an unknown option is never ignored.
 *
 * @param kind the noun that the message uses: `session option`
 */
export function requireKnownOptions(kind: string, options: object, known: readonly string[]): void {
  const unknown = Object.keys(options).find((name) => !known.includes(name))
  if (unknown !== undefined) throw describeUnknownName(kind, unknown, known)
}

/**
 * Makes the `usage` error for a name that is not known: an option, an operation, a format, a rule. It suggests the nearest known names, or lists
 * all of them if none is near.
 *
 * @param kind the noun that the message uses: `option`, `operation`
 * @param details where the name was found
 */
export function describeUnknownName(
  kind: string,
  name: string,
  known: Iterable<string>,
  details: Details = [],
): HarnessError {
  const names = [...known]
  const nearest = findNearestNames(name, names)
  const remedy =
    nearest.length > 0
      ? `Did you mean ${joinNames(nearest)}?`
      : names.length === 0
        ? `Remove it: there is no ${kind}.`
        : `Use one of ${names.join(', ')}.`
  return new HarnessError('usage', `Unknown ${kind}: ${formatValueBriefly(name, 120)}.`, {
    details,
    remedy,
  })
}
