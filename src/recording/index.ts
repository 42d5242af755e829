/** Recordings in files: their format, the store, journals and locks. */
export { openIndexedFolder } from './indexed-folder.ts'
export { openIndexedRecording } from './indexed-recording.ts'
export {
  createJournalRecording,
  type Journal,
  type JournalEntry,
  type JournalHeader,
  listJournals,
  nameJournal,
  notePlacing,
  openJournal,
  readJournal,
  readJournalHeader,
  type StoredJournal,
} from './journal.ts'
export { holdLock, isAlive } from './lock.ts'
export { type Mend, mendRecording, migrateRecording, type Migration } from './mended-recording.ts'
export {
  createRecording,
  formatRecording,
  MAX_RECORDING_BYTES,
  parseExchangeValue,
  parseRecording,
} from './recording.ts'
export {
  identifyMoment,
  listFilesBelow,
  listRecordingFiles,
  loadRecordings,
  loadStoredRecordings,
  openRecordingFile,
  readRecording,
  readRedactedRecording,
  saveRecording,
  saveText,
} from './store.ts'
