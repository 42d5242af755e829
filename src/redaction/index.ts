/** Removes secrets from exchanges, and scans texts for what is left of them. */

export { KEPT_HEADERS, namesCredential } from './places.ts'
export { containsPseudonym, createPseudonyms, loadPseudonymKey, REDACTED } from './pseudonym.ts'
export {
  countDifferences,
  createRedaction,
  type Redacted,
  type RedactedExchange,
  type RedactedProvenance,
  type RedactedRecording,
  type RedactedRequest,
  type RedactedTaskState,
  redactExchange,
  type Redaction,
  type RedactionOptions,
  redactRecordedBody,
  redactRecording,
  redactRequestBody,
} from './redaction.ts'
export {
  acceptRecording,
  type FoundSecret,
  type Projected,
  projectTexts,
  readBytes,
  scanExchange,
  scanRecording,
  scanText,
} from './secret-scan.ts'
