import { type Recording } from '../protocol/index.ts';
import { type TextMend } from './mended-text.ts';
/** What was changed of a recording's form. */
export interface Mend {
    kind: TextMend['kind'] | 'format version' | 'line ends' | 'header name' | 'attempts out of order' | 'order of members' | 'spacing';
    /** The lines of the text, where it lies in some. */
    lines: readonly number[];
    /** What it was, where that says more: the format version. */
    was?: string;
}
/** A recording in its form, with what had to be changed for it: nothing where its text was canonical. */
export interface MendedRecording {
    recording: Recording;
    /** The canonical text. */
    text: string;
    mends: Mend[];
}
/**
 * Brings the text of a recording to its form, and leaves what it says: older format versions are migrated, names of headers become lower-case,
 * attempts of one invocation stand in their order. Exchanges stay in their order otherwise, since a replayer plays them in it. Throws what
 * `parseMended`, `migrateRecording` and `parseRecordingValue` throw.
 *
 * @param place what the text came from, for messages: a path
 */
export declare function mendRecording(text: string, place: string): MendedRecording;
