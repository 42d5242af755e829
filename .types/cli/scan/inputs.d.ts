/** Something that was not searched, and why. */
export interface Unread {
    file: string;
    reason: string;
}
/** What the paths of a search name. */
export interface ScanInputs {
    files: string[];
    unread: Unread[];
    /** How many entries of folders were left alone: other endings, links, pipes. */
    passedOver: number;
}
/** Lists files as they are named, and those of folders at any depth. A link in a folder is not followed. */
export declare function listScanInputs(paths: readonly string[]): ScanInputs;
/** The reason of an error, for whoever reads why something was not searched. */
export declare function describe(error: unknown): string;
/** The bytes of a file or of standard input, unpacked where they begin like gzip or zstd. Throws what reading does, `too-large` for a bomb. */
export declare function readChunks(file: string): AsyncGenerator<Buffer>;
/** The first bytes, at least so many where there are so many. */
export declare function readHead(chunks: AsyncIterator<Buffer>, least: number): Promise<Buffer>;
/** What was taken from the front, and then the rest. */
export declare function joinChunks(head: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer>;
