import { type Identity, type ReadingSettings } from '../../matching/index.ts';
import { type Exchange, type Recording } from '../../protocol/index.ts';
import type { Entry, Sequence } from './sequence.ts';
/** One or many recordings: paths to files, archives or folders, or parsed recordings. */
export type Recordings = string | Recording | ReadonlyArray<string | Recording>;
/** Which recorded exchange; `exchange` counts from 1. */
export interface ExchangePlace {
    recording: string;
    exchange: number;
}
/** All recorded exchanges, found by what identifies their request: the lookup does not depend on how many there are. */
export interface Library {
    /** Those that can be played, in the order given. */
    listPlaces(): ExchangePlace[];
    /** Each recording that was given or found, with how many exchanges it holds. */
    readonly recordings: readonly {
        recording: string;
        exchanges: number;
    }[];
    readonly operations: readonly string[];
    /** What the recordings are called, for messages. */
    readonly place: string;
    /** A recording that was redacted by other rules than ours, if there is one. */
    readonly foreign: string | undefined;
    find(identity: Identity): Sequence | undefined;
    /** The different requests that are recorded of an operation, with the first exchange of each; of an archive, those of its first lines. */
    list(operation: string): Iterable<{
        entry: Entry;
        recorded: Exchange;
    }>;
    /** What identifies the request of an exchange. */
    identify(entry: Entry, recorded: Exchange): Identity;
}
/** Reads recordings into a library. Throws what the store and archives throw, and `usage` when there is none at all. */
export declare function createLibrary(recordings: Recordings, settings: ReadingSettings): Library;
export declare function placeOf({ recording, exchange }: ExchangePlace): ExchangePlace;
/** `#1`, `#1-#3` or `#1, #4`: exchanges of one recording in few words. */
export declare function formatExchangeNumbers(numbers: readonly number[]): string;
