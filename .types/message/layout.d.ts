/** Labelled facts of a message, in the order in which they are shown. */
export type Details = ReadonlyArray<readonly [label: string, text: string]>;
/** A message in parts: what happened, where, what to do. */
export interface Message {
    summary: string;
    details?: Details;
    remedy?: string | undefined;
}
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
export declare function formatMessage({ summary, details, remedy }: Message): string;
/** Formats one labelled line, as {@link formatMessage} does. */
export declare function formatDetail(label: string, text: string): string;
