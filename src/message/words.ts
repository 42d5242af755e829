/**
 * Formats a number with its noun: `1 exchange`, `2 exchanges`.
 *
 * @param plural the plural form, where it is not the noun with an `s`
 */
export function formatCount(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`
}

/** Joins names as a sentence lists them: `a, b or c`. */
export function joinNames(names: readonly string[], conjunction: 'and' | 'or' = 'or'): string {
  if (names.length < 2) return names.join('')
  return `${names.slice(0, -1).join(', ')} ${conjunction} ${names.at(-1)}`
}

/** Returns the reason of whatever was thrown: an error's message, or the value as text. */
export function describeReason(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** Cuts text to at most `most` characters, and marks the cut with `…`. A surrogate pair is not split. */
export function cutText(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…` : text
}
