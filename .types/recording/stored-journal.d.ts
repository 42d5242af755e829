import { type Recording } from '../protocol/index.ts';
import type { JournalEntry, JournalHeader } from './journal.ts';
/** A journal that was read back. */
export interface StoredJournal {
    path: string;
    header: JournalHeader;
    entries: JournalEntry[];
    /** The files into which its exchanges were being put when the recorder was killed: some of them are there already. */
    placing: ReadonlySet<string>;
}
/** Where a recorder with this `out` writes its journal: beside the file, or in the folder; hidden. */
export declare function nameJournal(out: string, id: string): string;
/** The journals that lie where a recorder with this `out` writes them, sorted; none where there is no such folder. */
export declare function listJournals(out: string): string[];
/**
 * Reads a journal. A last line that was cut in half is left out. Throws `recording-invalid` for what no recorder of ours wrote,
 * `too-large`, `not-found` for a file that is gone.
 */
export declare function readJournal(path: string): StoredJournal;
/** A journal's first line alone; `undefined` where it is none or cannot be read. */
export declare function readJournalHeader(path: string): JournalHeader | undefined;
/** Notes in a journal that its exchanges are now being put into a file. */
export declare function notePlacing(path: string, file: string): void;
/** A journal as the recording that it is on the way to become. */
export declare function readJournalRecording(path: string): {
    recording: Recording;
    placing: ReadonlySet<string>;
};
