import { escapeForTerminal, escapeLine } from '../../message/index.ts'

/**
 * Formats a record of `--plain`: one line, its fields between tabs, in the order that the command's help gives and always as many. No colour, no
 * folding, nothing shortened, so that grep, cut and awk can rely on it. A missing field is empty; a tab or a line feed in a field is `\t` or
 * `\n`, and other characters that control a terminal are escaped.
 */
export function formatRecord(...fields: readonly (string | number | undefined)[]): string {
  return escapeForTerminal(fields.map((field) => escapeLine(String(field ?? ''))).join('\t'))
}
