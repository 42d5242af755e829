/**
 * The escaping rules for untrusted text: whatever comes from a recording, a request, an import, a file name or another program. Each output has one
 * function, and every writer of that output uses it.
 */

/** Controls, direction marks, zero-width characters and lone surrogates, except tab and line feed. */
const INVISIBLE = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\ufffe\uffff]/gu

/** Escapes text of several lines for a terminal: what controls it, hides text or reorders text is shown as `\u....`. */
export function escapeControls(text: string): string {
  return text.replace(INVISIBLE, showCharacter)
}

/** Escapes text that must stay on one line, so that it cannot look like another line of the report. */
export function escapeLine(text: string): string {
  return escapeControls(text.replaceAll('\n', String.raw`\n`).replaceAll('\t', String.raw`\t`))
}

/**
 * Escapes text for a terminal or a CI log. GitHub Actions reads `::` at the start of a line and `##[` anywhere as a workflow command; both are
 * broken up.
 */
export function escapeForTerminal(text: string): string {
  return escapeControls(text)
    .replaceAll('##[', String.raw`\u0023#[`)
    .replaceAll(/^(\s*):(?=:)/gm, String.raw`$1\u003a`)
}

/** Escapes the message of a GitHub Actions workflow command. */
export function escapeWorkflowMessage(text: string): string {
  return escapeControls(text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A'))
}

/** Escapes a property of a GitHub Actions workflow command. */
export function escapeWorkflowProperty(text: string): string {
  return escapeWorkflowMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
}

/** Escapes text for HTML, between tags and in quoted attributes. */
export function escapeHtml(text: string): string {
  return escapeControls(text).replace(/[&<>"'`]/g, (character) => ENTITIES[character] ?? '')
}

function showCharacter(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16)
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`
}
