/** The recording: its format, redaction, and the store. */
export { type Journal, type JournalEntry, type JournalHeader, openJournal } from './journal.ts'
export { listJournals, nameJournal, notePlacing, readJournal, readJournalHeader, type StoredJournal } from './stored-journal.ts'
export { formatRecording } from './format.ts'
export { MAX_RECORDING_BYTES, parseRecording, type Recording, RECORDING_FORMAT, RECORDING_VERSION } from './recording.ts'
export {
  KEPT_HEADERS,
  type RedactedExchange,
  type RedactedRecording,
  redactExchange,
  redactRecordedBody,
  redactRequestBody,
} from './redaction.ts'
export { createRedaction, type Redaction, type RedactionOptions } from './redaction-rules.ts'
export { findExchangeLeaks, findRecordingLeaks, type Leak } from './leaks.ts'
export { loadStandInKey } from './stand-in-key.ts'
export { REDACTED, standInAccount } from './stand-in.ts'
export { identifyMoment, listRecordingFiles, loadRecordings, loadStoredRecordings, openRecordingFile, readRedactedRecording, type RecordingFile } from './store.ts'
