import type { Content } from './content.ts';
import type { ArchiveFinding } from './finding.ts';
/** One line: `bytes[start..end)`, which lies at `offset` of the content. The bytes are valid until the next line is asked for. */
export type SeeLine = (bytes: Buffer, start: number, end: number, offset: number, line: number) => void;
/** Goes through all lines in blocks; a line that is cut off at the end, or too long, is a finding, and so is a frame that cannot be read. */
export declare function scanLines(content: Content, see: SeeLine, onProgress?: (done: number, total: number) => void): ArchiveFinding[];
