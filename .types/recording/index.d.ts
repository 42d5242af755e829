/** The recording: its format, redaction, and the store. */
export { formatRecording } from './format.ts';
export { openIndexedFolder } from './indexed-folder.ts';
export { openIndexedRecording } from './indexed-recording.ts';
export { type Journal, type JournalEntry, type JournalHeader, openJournal } from './journal.ts';
export { holdLock, isAlive } from './lock.ts';
export { type Mend, mendRecording } from './mended-recording.ts';
export { migrateRecording, type Migration } from './migration.ts';
export { MAX_RECORDING_BYTES, parseExchangeValue, parseRecording } from './recording.ts';
export { identifyMoment, listFilesBelow, listRecordingFiles, loadRecordings, loadStoredRecordings, openRecordingFile, readRedactedRecording, saveRecording, saveText, } from './store.ts';
export { listJournals, nameJournal, notePlacing, readJournal, readJournalHeader, type StoredJournal, } from './stored-journal.ts';
