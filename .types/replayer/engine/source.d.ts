import { type Archive } from '../../archive/index.ts';
import { type Outline, type RecordedReader } from '../../matching/index.ts';
import type { Exchange, Recording } from '../../protocol/index.ts';
/** The exchanges of one recording, wherever they are. They are numbered from 0. */
export interface Source {
    name: string;
    /** By what rules the recording was redacted, where it says so. */
    redactedBy: unknown;
    read(index: number): Exchange;
}
/** A source of which all outlines are in memory. */
export interface OutlinedSource extends Source {
    outlines: readonly Outline[];
    /** All of them, at less cost than one by one. */
    readAll(): Iterable<Exchange>;
}
/** A source too large for that: it is asked. */
export interface ArchiveSource extends Source {
    archive: Archive;
}
/** A recording that is in memory. */
export declare function createSource(name: string, recording: Recording, reader: RecordedReader): OutlinedSource;
/** A recording in a file of its own that is too large to be parsed at each start: an index tells where each exchange lies. */
export declare function openIndexedSource(path: string, reader: RecordedReader): OutlinedSource | undefined;
/** A folder of so many recordings that they are not all parsed at each start. */
export declare function openIndexedFolderSources(path: string, reader: RecordedReader): OutlinedSource[] | undefined;
/** An archive, by the index beside it. */
export declare function openArchiveSource(path: string, reader: RecordedReader): ArchiveSource;
