import { escapeLine } from './escape.ts'
import { cutText } from './words.ts'

/** Text that neither Markdown nor GitHub's processing of it gives a meaning to. */
const PLAIN = /^[A-Za-z0-9][A-Za-z0-9 .,;%'()-]*$/
/** Text that {@link PLAIN} accepts and that would become a link or an item of a list: addresses, commits, issues, `1. text`. */
const MARKED = /www\.|\bGH-\d|\b[0-9a-f]{7,40}\b|^\d{1,9}[.)]/i

/**
 * Escapes untrusted text for GitHub's Markdown, on one line: plain text is unchanged, other text becomes a code span. The result contains no markup,
 * mention, link or picture, and does not end a table cell.
 *
 * @param most the number of characters after which the text is cut
 */
export function escapeMarkdown(text: string, most = Infinity): string {
  const line = escapeCell(cutText(text, most))
  return PLAIN.test(line) && !MARKED.test(line) ? line : formatSpan(line)
}

/** Formats untrusted text as a code span of Markdown, on one line. Parameters are those of {@link escapeMarkdown}. */
export function formatMarkdownCode(text: string, most = Infinity): string {
  return formatSpan(escapeCell(cutText(text, most)))
}

/** Formats a table. Cells are Markdown: untrusted text in them must be escaped by {@link escapeMarkdown}. */
export function formatMarkdownTable(
  columns: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string {
  return [columns, columns.map(() => '---'), ...rows].map(formatMarkdownRow).join('\n')
}

/** Formats one row of a table, for tables whose rows are chosen by their size. */
export function formatMarkdownRow(cells: readonly (string | number)[]): string {
  return `| ${cells.join(' | ')} |`
}

/** A pipe ends a table cell even inside a code span. */
function escapeCell(text: string): string {
  return escapeLine(text).replaceAll('|', String.raw`\u007c`)
}

/** A code span ends at as many backticks as it begins with. */
function formatSpan(text: string): string {
  if (text.trim() === '') return text === '' ? '' : '` `'
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length))
  const ticks = '`'.repeat(longest + 1)
  return longest === 0 ? `${ticks}${text}${ticks}` : `${ticks} ${text} ${ticks}`
}
