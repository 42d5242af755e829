import { type Exchange, type Recording } from '../protocol/index.ts';
import type { RedactedRecording } from '../redaction/index.ts';
/** A recording with where it was found. */
export interface StoredRecording {
    path: string;
    recording: Recording;
}
/**
 * Reads recordings: files as named, folders for every `.json` file in them at any depth, in path order; and what a recorder that was killed
 * left in its journals beside them. Throws `not-found`, `recording-invalid` for a folder without recordings, and what {@link parseRecording}
 * throws.
 */
export declare function loadStoredRecordings(paths: string | readonly string[]): StoredRecording[];
/** The files with one of these endings below a folder, sorted; none for what is no folder. */
export declare function listFilesBelow(path: string, endings: readonly string[]): string[];
/** Reads one recording file, and nothing that lies beside it. Throws as {@link loadStoredRecordings}. */
export declare function readRecording(path: string): Recording;
/** One text for one exchange, in whatever recording it is: what was seen, and when. */
export declare function identifyMoment({ recordedAt }: Recording, exchange: Exchange): string;
/** Reads recordings; see {@link loadStoredRecordings}. */
export declare function loadRecordings(paths: string | string[]): Promise<Recording[]>;
/** The recording files that a path names: the file itself, or every `.json` file below a folder, sorted. */
export declare function listRecordingFiles(path: string): string[];
/** Keeps one recording file up to date while exchanges come in. */
export interface RecordingFile {
    readonly path: string;
    /** Writes the recording whole, or puts the file that was there back when it says the same. */
    save(recording: RedactedRecording): void;
}
/**
 * Opens a recording file for writing. What lies there already is remembered: a recording that says the same leaves it as it is, byte for
 * byte, so that recording again gives an empty diff. A file that is no recording of ours is refused rather than overwritten.
 */
export declare function openRecordingFile(path: string): RecordingFile;
/** The recording that a file holds, to be written again; `undefined` where there is no file. */
export declare function readRedactedRecording(path: string): RedactedRecording | undefined;
/** Writes a recording's text. Throws `write-failed`. */
export declare function saveRecording(path: string, text: string): void;
/** Writes a file so that a reader, or a crash, meets the old text or the new one whole. Throws `write-failed`. */
/** Writes a text whole or not at all: beside its place first. Throws `write-failed`. */
export declare function saveText(path: string, text: string): void;
