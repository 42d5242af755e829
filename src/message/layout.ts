/** Labelled facts of a message, in the order in which they are shown. */
export type Details = ReadonlyArray<readonly [label: string, text: string]>

/** A message in parts: what happened, where, what to do. */
export interface Message {
  summary: string
  details?: Details
  remedy?: string | undefined
}

/** The width of the column of labels, with its indent of two. */
const LABEL_WIDTH = 13

/**
 * Formats a message as text: the summary, then one line for each detail, then the remedy. Texts of several lines are indented below their first
 * line. The text is not escaped: whoever prints it calls {@link escapeControls}, as the command does.
 *
 * @example
 * formatMessage({ summary: 'The port is taken.', details: [['port', '4566']], remedy: 'Pass --port 0.' })
 * // The port is taken.
 * //   port       4566
 * //   remedy     Pass --port 0.
 */
export function formatMessage({ summary, details = [], remedy }: Message): string {
  const lines = remedy === undefined ? details : [...details, ['remedy', remedy] as const]
  return [summary, ...lines.map(([label, text]) => formatDetail(label, text))].join('\n')
}

/** Formats one labelled line, as {@link formatMessage} does. */
export function formatDetail(label: string, text: string): string {
  const start = `  ${label}`.padEnd(LABEL_WIDTH - 1)
  return `${start} ${text.replaceAll('\n', `\n${' '.repeat(LABEL_WIDTH)}`)}`
}
