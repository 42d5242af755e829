import { type JournalEntry, type JournalHeader } from '../recording/index.ts';
import { type RedactedRecording } from '../redaction/index.ts';
/** What one recorder has seen of the exchanges that go into one file, in the order in which they began. */
export interface Seen {
    header: JournalHeader;
    entries: readonly JournalEntry[];
    /** Whether some of it may be in the file already: a recorder was killed while it put it there. */
    isBegun: boolean;
}
/**
 * The recording that a file holds when what was seen is put into it. A request that was seen again takes the place of what was recorded of
 * it before this run began, if `mayReplace`; all else stays. Where nothing stays, the order is that of the new exchanges; where no request
 * was seen before, all exchanges are in the order of their time.
 */
export declare function mergeRecording(before: RedactedRecording | undefined, { header, entries, isBegun }: Seen, mayReplace: boolean): RedactedRecording;
