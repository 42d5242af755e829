import type { Exchange } from '../../protocol/index.ts';
/** Where exchanges were found, with what their recording says of itself; an archive of lines from elsewhere says nothing. */
export interface InspectedFile {
    file: string;
    recordedAt?: string;
    provenance: Record<string, unknown>;
    /** How many task state changes it tells besides; an exchange is none of them. */
    taskStateChanges?: number;
}
/** An exchange in its place. */
export interface Inspected {
    from: InspectedFile;
    /** Its number in its file, from 1. */
    number: number;
    exchange: Exchange;
}
/** What names an exchange: its number where one file is meant anyway, or its file, or both. */
export interface ExchangePlace {
    path: string | undefined;
    number: number | undefined;
}
/** Reads `N`, `PATH#N` or `PATH`. A file whose name ends in `#N` is that file. */
export declare function parsePlace(text: string): ExchangePlace;
/** Told of what a list of exchanges does not show: what cannot be read, while the rest is; and files that hold none. */
export interface Telling {
    problem(problem: {
        file: string;
        message: string;
    }): void;
    empty(file: InspectedFile): void;
}
/**
 * The exchanges of files, folders and archives, in order, one file in memory at a time and of an archive one line. Throws `not-found` for a
 * path that names nothing, and for a named file what reading it throws; of a folder's files, those that cannot be read are told.
 */
export declare function readInspected(paths: readonly string[], telling: Telling): AsyncGenerator<Inspected>;
/** The one exchange that a place names. Throws `usage` where it names none, or may mean several. */
export declare function findExchange(place: ExchangePlace, paths: readonly string[], telling: Telling): Promise<Inspected>;
