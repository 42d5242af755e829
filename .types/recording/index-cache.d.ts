import { type Exchange } from '../protocol/index.ts';
/** What a caller derives from an exchange, to know without reading it again. */
export interface Derived {
    operation: string;
    invocation: string | undefined;
    digest: string;
}
/** A recording that stays in its file. */
export interface IndexedRecording {
    redactedBy: unknown;
    outlines: readonly Derived[];
    /** Reads one exchange. Throws `recording-invalid` when the file is no longer what it was. */
    read(index: number): Exchange;
    readAll(): Iterable<Exchange>;
}
/** Whether a file's last change lies back so far that another one has another time: within one tick of its clock it may be written again. */
export declare function isSettled(changedMs: number): boolean;
/** Where an index of that path under these rules lies in the user's cache folder (`XDG_CACHE_HOME`, else `~/.cache`); `undefined` where there is none. */
export declare function locateInCache(path: string, rules: string): string | undefined;
/** What was kept there in this format; an index that is damaged, or that another version wrote, is none. */
export declare function readFromCache(place: string, format: string): unknown;
/** What cannot be kept is made again next time. */
export declare function keepInCache(place: string, format: string, kept: unknown): void;
