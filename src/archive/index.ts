/** Archives: exchanges by the million in one file, which is opened without reading all of it. */
export { type Archive, isArchive, openArchive } from './archive.ts'
export { isZstd, readUnpacked } from './compression.ts'
export { ARCHIVE_FORMAT, type ArchiveFinding, stripLine } from './format.ts'
export { readArchiveLines } from './lines.ts'
export { createArchiveWriter, createKeys } from './write.ts'
