/**
 * The escaping rules for untrusted text: everything that comes from a recording, a request, an import, a file name or another program. Each output
 * has one function, and every writer of that output uses it.
 */

/**
 * Controls, direction marks, line and paragraph separators, lone surrogates, noncharacters, and characters that fonts do not draw (`DI`: zero-width
 * characters, fillers, variation selectors). Tab and line feed are left to the functions for one line.
 */
const INVISIBLE = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{DI}\p{NChar}]/gu

/** The start of a command of GitHub Actions (`##[`), Azure Pipelines (`##vso[`) or TeamCity (`##teamcity[`), which may be anywhere in a line. */
const LOG_COMMAND = /#(?=#[A-Za-z]*\[)/g

/** The start of a GitHub Actions workflow command, which may be indented. The indent excludes line feeds: `\s*` would take quadratic time. */
const WORKFLOW_COMMAND = /^([^\S\n]*):(?=:)/gm

/** Escapes text of several lines: characters that control a terminal, hide text or reorder text become `\u....`. */
export function escapeControls(text: string): string {
  return text.replace(INVISIBLE, showCharacter)
}

/** Escapes text that must stay on one line, so that it cannot look like another line of the report. */
export function escapeLine(text: string): string {
  return escapeControls(text.replaceAll('\n', String.raw`\n`).replaceAll('\t', String.raw`\t`))
}

/** Escapes text of several lines for a terminal or a CI log, in which no line may begin a command of the CI service. */
export function escapeForTerminal(text: string): string {
  return escapeControls(text)
    .replaceAll(LOG_COMMAND, String.raw`\u0023`)
    .replaceAll(WORKFLOW_COMMAND, String.raw`$1\u003a`)
}

/** Escapes a JSON document for a terminal or a CI log. The result is the same JSON value. */
export function escapeJson(json: string): string {
  return json.replace(INVISIBLE, showCodeUnits).replaceAll(LOG_COMMAND, String.raw`\u0023`)
}

/** Escapes the message of a GitHub Actions workflow command. */
export function escapeWorkflowMessage(text: string): string {
  return escapeControls(text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A'))
}

/** Escapes a property of a GitHub Actions workflow command. */
export function escapeWorkflowProperty(text: string): string {
  return escapeWorkflowMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}

/** Escapes text for HTML, between tags and in quoted attributes. */
export function escapeHtml(text: string): string {
  return escapeControls(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
    .replaceAll('`', '&#96;')
}

function showCharacter(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16)
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`
}

/** JSON knows no `\u{...}`: a character beyond the first plane is a pair of code units. */
function showCodeUnits(character: string): string {
  return Array.from({ length: character.length }, (_, index) =>
    showCharacter(String.fromCharCode(character.charCodeAt(index))),
  ).join('')
}
