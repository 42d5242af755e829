import { type Exchange, type Recording } from '../protocol/index.ts';
/** The largest recording file, in bytes, that is read. */
export declare const MAX_RECORDING_BYTES: number;
/**
 * Reads a recording's text. Throws `recording-version` for another format version (naming both), `recording-invalid` for anything else
 * that is no recording, `not-json`, `too-large` or `too-deep`.
 *
 * @param place what the text came from, for the message: a path
 */
export declare function parseRecording(text: string, place?: string): Recording;
/** As {@link parseRecording}, for JSON that was parsed by `parseBody`. */
export declare function parseRecordingValue(value: unknown, place?: string): Recording;
/** As {@link parseRecordingValue}, for one exchange that stands by itself, as in a line. */
export declare function parseExchangeValue(value: unknown, place: string): Exchange;
