/**
 * A request body as bytes: text, bytes, or a stream of either, which is read to its end or to the limit. Throws, or rejects with, `usage` for
 * any other body, and `too-large` for a stream beyond the limit.
 */
export declare function readBytes(body: unknown): Uint8Array | Promise<Uint8Array>;
