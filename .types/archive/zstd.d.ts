/**
 * Zstandard in frames that can be read each by itself, with a table of them at the end, as facebook/zstd
 * contrib/seekable_format/zstd_seekable_compression_format.md has it: any zstd program reads such a file. Frames: RFC 8878, section 3.1.
 */
/** Where a frame lies in the file, and what of the content is in it. Bytes. */
export interface Frame {
    start: number;
    end: number;
    contentStart: number;
    contentEnd: number;
}
export declare function isZstd(begin: Uint8Array): boolean;
export declare function compressFrame(content: Uint8Array): Buffer;
/** Throws where the frame is damaged, or holds more than it is said to. */
export declare function expandFrame(frame: Uint8Array, { contentStart, contentEnd }: Frame): Buffer;
/** The table that closes a file of frames. */
export declare function formatSeekTable(frames: readonly {
    compressed: number;
    content: number;
}[]): Buffer;
/** Reads bytes of the file; fewer at its end. */
type ReadAt = (offset: number, length: number) => Buffer;
/** The frames by the table at the end; `undefined` where there is none, or one that does not fit the file. */
export declare function readSeekTable(readAt: ReadAt, size: number): Frame[] | undefined;
/** What a walk from frame to frame found: those that are whole, and where something else begins. */
export interface Walked {
    frames: Frame[];
    /** The first byte that belongs to no whole frame; the file's size where all do. */
    end: number;
}
/** Finds frames by their headers and blocks, where a table is missing. Each is expanded once, to know how much is in it. */
export declare function walkFrames(readAt: ReadAt, size: number): Walked;
/** Frames with content, one after the other, as far as they are whole; the last one may be cut, and is given as far as it goes. */
export declare function listFrameRanges(readAt: ReadAt, size: number): Generator<{
    start: number;
    end: number;
}>;
export {};
