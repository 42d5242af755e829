/**
 * Remembers what bytes were found to be, so that a request that comes again is neither parsed nor redacted. Bytes count together with the
 * headers that redaction reads, but for a signature, which no body that it signs can hold. Lives in memory alone, and is bounded.
 */
export interface Memo<Found> {
    find(headers: Record<string, string>, body: Uint8Array): Found | undefined;
    /** Keeps what was found for the request that `find` was asked for last. */
    keep(body: Uint8Array, found: Found): void;
}
export declare function createMemo<Found>(): Memo<Found>;
