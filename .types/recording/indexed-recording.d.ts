import { type Exchange } from '../protocol/index.ts';
import { type Derived, type IndexedRecording } from './index-cache.ts';
/**
 * Opens a large recording file by the index that an earlier opening left in the user's cache folder (`XDG_CACHE_HOME`, else `~/.cache`), or
 * reads it whole and leaves one there. An index counts for one state of one file under one set of rules; it holds digests and places, and
 * nothing of what was recorded. `undefined` for what is no large recording in the form in which recordings are written: it is read as others.
 *
 * Throws what parsing a recording throws.
 *
 * @param rules tells one way of deriving from another
 */
export declare function openIndexedRecording(path: string, rules: string, derive: (exchange: Exchange, redactedBy: unknown) => Derived): IndexedRecording | undefined;
