import { escapeLine } from './escape.ts'

/** Formats a JSON value for a message: on one line, escaped, at most `most` characters. */
export function formatValueBriefly(value: unknown, most = 80): string {
  const text = escapeLine(formatJson(value))
  return text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`
}

/** Values that JSON cannot write are named by their type: a message about a wrong option must not fail itself. */
function formatJson(value: unknown): string {
  if (value === undefined) return 'nothing'
  try {
    return JSON.stringify(value) ?? `a ${typeof value}`
  } catch {
    return typeof value === 'bigint' ? `${value}` : 'an object that is not JSON'
  }
}
