/** Archives: exchanges by the million in one file, opened without reading it whole. */
export { type Archive, type ArchiveFinding, isArchive, openArchive } from './archive.ts'
export { ARCHIVE_FORMAT, stripLine } from './format.ts'
export { readArchiveLines, readUnpacked } from './lines.ts'
export { createArchiveWriter } from './write.ts'
export { isZstd } from './zstd.ts'
