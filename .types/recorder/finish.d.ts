import { type FoundSecret } from '../redaction/index.ts';
/** What tells one state of a file from another; `undefined` for a file that is not there. */
export type FileState = string | undefined;
/** The state of a file now. */
export declare function readFileState(path: string): FileState;
/** The journal of the recorder that finishes, and how the files were when it began. */
export interface OwnJournal {
    path: string;
    before?: ReadonlyMap<string, FileState>;
}
/** A secret that would have come into a file. */
interface SecretInFile extends FoundSecret {
    path: string;
}
/** What came of it. */
export interface Finished {
    /** The files that hold what the own journal held. */
    written: string[];
    /** What still looked like a secret. Its exchanges were not written. */
    leaks: SecretInFile[];
    /** How many exchanges came from journals of recorders that were killed, and what kept others out. */
    recovered: number;
    unreadable: string[];
}
/**
 * Puts the exchanges of the own journal, and of those that killed recorders left for the same `out`, into their files, and takes the
 * journals away. Two recorders that finish at once wait for each other. Throws `lock-held`, `write-failed` and what reading the files
 * throws; then the journals stay, and what they hold can still be read.
 */
export declare function finishJournals(out: string, own: OwnJournal | undefined): Promise<Finished>;
/** Throws `secret-found` when exchanges were left out: fact, places, remedy. */
export declare function refuseSecrets(leaks: readonly SecretInFile[]): void;
export {};
