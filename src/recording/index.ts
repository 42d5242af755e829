/** The recording: its format, redaction, and the store. */
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
export { REDACTED, standInAccount } from './stand-in.ts'
export { listRecordingFiles, loadRecordings, loadStoredRecordings, openRecordingFile, type RecordingFile } from './store.ts'
