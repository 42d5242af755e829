import type { RedactedExchange } from '../redaction/index.ts';
/** Writes an archive; it stands at its place whole, or not at all. */
export interface ArchiveWriter {
    /** @param digest what identifies its request, in base64 */
    add(exchange: RedactedExchange, digest: string): void;
    finish(): void;
    /** Takes away what was written so far. */
    abandon(): void;
}
/** What stands in its first line. */
interface Heading {
    recordedAt: string;
    provenance: Record<string, unknown>;
    keys: string;
}
/** Opens an archive for writing; a name that ends in `.zst` makes it one of frames. Throws `write-failed`. */
export declare function createArchiveWriter(path: string, { recordedAt, provenance, keys }: Heading): ArchiveWriter;
export {};
