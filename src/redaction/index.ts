/** Removes secrets from exchanges, and scans texts for what is left of them. */
export { loadStandInKey } from './pseudonym-key.ts'
export { createStandIns, holdsStandIn, REDACTED } from './pseudonym.ts'
export {
  createRedaction,
  type HalfRedacted,
  type RedactedExchange,
  type RedactedRecording,
  type RedactedTaskState,
  redactExchange,
  type Redaction,
  type RedactionOptions,
  redactRecordedBody,
  redactRequestBody,
} from './redaction.ts'
export { type Projected, projectTexts, readBytes } from './scan-projection.ts'
export { KEPT_HEADERS } from './secret-places.ts'
export { findExchangeLeaks, findRecordingLeaks, findTextLeaks, type Leak } from './secret-scan.ts'
export { namesCredential } from './secret-sources.ts'
