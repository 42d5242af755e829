/** What undici tells of a request that it is about to write: `headers` is the text, `request` what it was asked for. */
type Sent = Record<string, unknown>;
/**
 * Watches fetch and undici, which keep connections open: on one from before, nobody could answer a request. It is closed before anything is
 * written to it, and its client meets an `ECONNRESET` with the message given. Gives the function that ends it.
 *
 * @param isHeld which requests would have been answered here; others go on their way
 */
export declare function closeOldConnections(isHeld: (sent: Sent) => boolean, message: string): () => void;
export {};
