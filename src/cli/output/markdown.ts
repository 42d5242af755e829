import { escapeControls } from '../../message/index.ts'

const MOST_CHARACTERS = 500

/**
 * Foreign text for Markdown, as code on one line: all but letters, digits, spaces, commas and dashes are character references, so that nothing in
 * it begins a tag, a link, a mention, a cell or a heading. A text of more than 500 characters is cut.
 */
export function formatMarkdownText(text: string): string {
  const line = escapeControls(text)
    .replaceAll('\n', String.raw`\n`)
    .replaceAll('\t', ' ')
  const short = line.length <= MOST_CHARACTERS ? line : `${line.slice(0, MOST_CHARACTERS - 1)}…`
  return `<code>${short.replaceAll(/[!-+./:-@[-`{-~]/g, (character) => `&#${character.charCodeAt(0)};`)}</code>`
}

/** A table of cells that are Markdown already. */
export function formatMarkdownTable(
  heading: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const lines = [heading, heading.map(() => '---'), ...rows].map(
    (cells) => `| ${cells.join(' | ')} |`,
  )
  return lines.join('\n')
}
