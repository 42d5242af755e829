import { escapeJson } from '../../message/index.ts'

/** Formats a value as JSON on one line, safe to print: JSON itself leaves C1 and bidirectional controls as they are. */
export function formatJson(value: unknown): string {
  return escapeJson(JSON.stringify(value))
}
