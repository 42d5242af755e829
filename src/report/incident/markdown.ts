/** GitHub's Markdown with foreign text in it: no markup, no mention, no link, no picture, and no row that ends early. */
import { escapeControls } from '../../message/index.ts'

/** Nothing in it means anything to Markdown, or to what GitHub does with text afterwards. */
const PLAIN = /^[A-Za-z0-9][A-Za-z0-9 .,;%'()-]*$/
/** What is plain and becomes a link all the same: addresses, commits, issues. */
const LINKED = /www\.|\bGH-\d|\b[0-9a-f]{7,40}\b/i

/** A text as it is where it is plain, otherwise as code, in which nothing has a meaning. Line feeds, tabs and pipes are shown as what they are. */
export function sayText(text: string): string {
  const shown = showBreaks(text)
  return PLAIN.test(shown) && !LINKED.test(shown) ? shown : fence(shown)
}

/** A text as code. */
export function sayCode(text: string): string {
  return fence(showBreaks(text))
}

/** A code span ends at as many backticks as it begins with. */
function fence(text: string): string {
  if (text.trim() === '') return text === '' ? '' : '` `'
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length))
  const ticks = '`'.repeat(longest + 1)
  return longest === 0 ? `${ticks}${text}${ticks}` : `${ticks} ${text} ${ticks}`
}

/** A pipe would end a cell of a table, in code too. */
function showBreaks(text: string): string {
  const broken = text.replaceAll('\n', '\\n').replaceAll('\t', '\\t').replaceAll('|', '\\u007c')
  return escapeControls(broken).replace(
    /[\p{Cf}\p{Cs}]/gu,
    (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  )
}

/** A table; cells are Markdown. */
export function formatMarkdownTable(
  columns: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`
  return [line(columns), line(columns.map(() => '---')), ...rows.map(line)].join('\n')
}
