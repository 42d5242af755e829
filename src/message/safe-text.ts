/** Characters that steer a terminal or reorder text: C0 but for tab and line feed, C1, zero-width and bidirectional controls. */
// oxlint-disable-next-line no-control-regex -- control characters are what this is about
const UNSAFE =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g

/** A foreign text made safe to print: what could steer the terminal is shown as `\u....`. */
export function escapeControls(text: string): string {
  return text.replace(
    UNSAFE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** A JSON value for a message: on one line, safe to print, at most `most` characters. */
export function formatValueBriefly(value: unknown, most = 80): string {
  const text = escapeControls(JSON.stringify(value) ?? 'nothing')
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`
}
