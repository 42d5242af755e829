/** Archives: exchanges by the million in one file, opened without reading it whole. */
export { type Archive, type ArchiveFinding, isArchive, openArchive } from './archive.ts'
export { readArchiveLines } from './lines.ts'
export { createArchiveWriter } from './write.ts'
