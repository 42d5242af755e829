/** The recording: its format, redaction, and the store. */
export { type Journal, type JournalEntry, type JournalHeader, openJournal } from './journal.ts'
export {
  listJournals,
  nameJournal,
  notePlacing,
  readJournal,
  readJournalHeader,
  type StoredJournal,
} from './stored-journal.ts'
export { holdLock, isAlive } from './lock.ts'
export { formatRecording } from './format.ts'
export { type Mend, mendRecording } from './mended-recording.ts'
export { migrateRecording, type Migration } from './migration.ts'
export {
  MAX_RECORDING_BYTES,
  parseRecording,
  parseExchangeValue,
  type Recording,
  RECORDING_FORMAT,
  RECORDING_VERSION,
  type TaskStateChange,
} from './recording.ts'
export {
  createRedaction,
  type HalfRedacted,
  type RedactedExchange,
  type RedactedRecording,
  type RedactedTaskState,
  type Redaction,
  type RedactionOptions,
  redactExchange,
  redactRecordedBody,
  redactRequestBody,
} from './redaction.ts'
export { findExchangeLeaks, findRecordingLeaks, findTextLeaks, type Leak } from './leaks.ts'
export { projectTexts, type Projected, readBytes } from './leak-projection.ts'
export { loadStandInKey } from './stand-in-key.ts'
export { KEPT_HEADERS } from './secret-places.ts'
export { openIndexedFolder } from './indexed-folder.ts'
export { openIndexedRecording } from './indexed-recording.ts'
export { hashText } from './text-hash.ts'
export { namesCredential } from './secret-sources.ts'
export { createStandIns, holdsStandIn, REDACTED } from './stand-in.ts'
export {
  identifyMoment,
  listFilesBelow,
  listRecordingFiles,
  loadRecordings,
  loadStoredRecordings,
  openRecordingFile,
  readRedactedRecording,
  saveRecording,
  saveText,
} from './store.ts'
