import { escapeMarkdown } from '../../message/index.ts'

const MOST_CHARACTERS = 500

/** Formats untrusted text for Markdown, as code on one line. A text of more than 500 characters is cut. */
export function formatMarkdownText(text: string): string {
  const short = text.length <= MOST_CHARACTERS ? text : `${text.slice(0, MOST_CHARACTERS - 1)}…`
  return `<code>${escapeMarkdown(short)}</code>`
}

/** Formats a table of cells that are Markdown already. */
export function formatMarkdownTable(
  heading: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const lines = [heading, heading.map(() => '---'), ...rows].map(
    (cells) => `| ${cells.join(' | ')} |`,
  )
  return lines.join('\n')
}
