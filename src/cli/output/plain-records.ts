import { escapeControls } from '../../message/index.ts'

/**
 * What `--plain` prints: one record on one line, its fields between tabs, in the order that the command's help gives and always as many. No
 * colour, no folding, nothing shortened, so that grep, cut and awk can rely on it. A field that is not there is empty; a tab or a line feed
 * in a field is `\t` or `\n`, and other characters that steer a terminal are escaped.
 */
export function formatRecord(...fields: readonly (string | number | undefined)[]): string {
  return fields
    .map((field) => escapeField(String(field ?? '')))
    .join('\t')
    .replaceAll('##[', '\\u0023#[') // what GitHub Actions takes for a command
    .replace(/^(\s*):(?=:)/, '$1\\u003a')
}

function escapeField(text: string): string {
  return escapeControls(text.replaceAll('\t', '\\t').replaceAll('\n', '\\n'))
}
