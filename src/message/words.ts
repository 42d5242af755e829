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

/**
 * Returns the reason of anything that was thrown: an error's message, or the value as text. Errors without a message are described by the
 * errors that they collect (Node.js throws such an `AggregateError` when no address of a host answers), their code or their name.
 */
export function describeReason(error: unknown): string {
  if (!(error instanceof Error)) return describeThrownValue(error)
  if (error.message !== '') return error.message
  if (error instanceof AggregateError && error.errors.length > 0)
    return [...new Set(error.errors.map(describeReason))].join('; ')
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}

function describeThrownValue(value: unknown): string {
  try {
    return String(value)
  } catch {
    return 'an object without a text form' // such as Object.create(null)
  }
}

/** Cuts text to at most `most` characters, and marks the cut with `…`. A surrogate pair is not split. */
export function cutText(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…` : text
}
