/** Archives: exchanges by the million in one file, opened without reading it whole. */
export { type Archive, isArchive, openArchive } from './archive.ts';
export type { ArchiveFinding } from './finding.ts';
export { ARCHIVE_FORMAT, stripLine } from './format.ts';
export { createKeys } from './keys.ts';
export { readArchiveLines, readUnpacked } from './lines.ts';
export { createArchiveWriter } from './write.ts';
export { isZstd } from './zstd.ts';
