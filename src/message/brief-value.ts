import { escapeControls } from './escape.ts'

/** Formats a JSON value for a message: on one line, escaped, at most `most` characters. */
export function formatValueBriefly(value: unknown, most = 80): string {
  const text = escapeControls(JSON.stringify(value) ?? 'nothing')
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`
}
