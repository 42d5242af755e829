import type { Exchange } from '../protocol/index.ts';
import { type Derived, type IndexedRecording } from './index-cache.ts';
/**
 * Opens a folder with many recordings by what an earlier opening left in the user's cache: files that are as they were then are read when one of their exchanges
 * is asked for. `undefined` for a folder with few files, or with what a killed recorder left. Throws what reading a recording throws.
 *
 * @param rules tells one way of deriving from another
 */
export declare function openIndexedFolder(path: string, rules: string, derive: (exchange: Exchange, redactedBy: unknown) => Derived): (IndexedRecording & {
    path: string;
})[] | undefined;
