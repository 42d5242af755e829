import type { RedactedExchange } from '../redaction/index.ts';
/** What a journal's first line says of the recorder that wrote it. */
export interface JournalHeader {
    format: 'starttask-journal';
    version: 1;
    /** Where its exchanges go in the end: the name of a `.json` file beside it, or empty for its folder. */
    out: string;
    /** When the recorder began, and when its run did (that of a whole process tree, where there is one): milliseconds since 1970. */
    startedAt: number;
    runStartedAt: number;
    provenance: Record<string, unknown>;
    /** Whether exchanges stay that were recorded before and not again (`keep`), or even all (`add`). */
    existing: 'keep' | 'replace' | 'add';
    /** Places of a request that do not count, as the team has decided. */
    ignore: readonly string[];
    /** The process that writes it, and the machine that it runs on. */
    pid: number;
    host: string;
}
/** One exchange of a journal. */
export interface JournalEntry {
    /** The place in the order in which exchanges began. */
    place: number;
    /** What made the request, as far as it said so. */
    client: string;
    exchange: RedactedExchange;
}
/** A file to which finished exchanges are appended, one a line: what it holds outlives the process, however that ends. */
export interface Journal {
    readonly path: string;
    /** Whether anything was written; before that there is no file. */
    readonly exists: boolean;
    /** Resolves when the exchange is in the file: `undefined`, or what kept it out. It is tried again with the next one. */
    append(entry: JournalEntry): Promise<unknown>;
    /** Writes at once what is left: for a process that ends. Throws what writing throws. */
    flush(): void;
    /** Waits for what is left, and closes the file; tells how many exchanges could not be written, and why. Never rejects. */
    close(): Promise<{
        lost: number;
        cause: unknown;
    }>;
}
/** Opens a journal; the file is made with its first line. */
export declare function openJournal(path: string, header: JournalHeader): Journal;
