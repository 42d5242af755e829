/** How many ids are suggested at most. */
const MOST = 3
/** Longer texts are no misspelt ids, and comparing them would take long. */
const LONGEST = 200

/** The known ids that are so near to `id` that they may have been meant, the nearest first; none when nothing is near. */
export function findNearestIds(id: string, known: Iterable<string>): string[] {
  if (id.length > LONGEST) return []
  const limit = Math.max(2, Math.floor(id.length / 4))
  return [...known]
    .map((candidate) => ({
      candidate,
      distance: measureDistance(id.toLowerCase(), candidate.toLowerCase(), limit),
    }))
    .filter(({ distance }) => distance <= limit)
    .toSorted(
      (left, right) =>
        left.distance - right.distance || (left.candidate < right.candidate ? -1 : 1),
    )
    .slice(0, MOST)
    .map(({ candidate }) => candidate)
}

/** How many characters to insert, drop or replace make one text of the other; what is beyond `limit` counts as `limit + 1`. */
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
