/** Removes secrets from exchanges, and scans texts for what is left of them. */
export { loadPseudonymKey } from './pseudonym-key.ts';
export { createPseudonyms, containsPseudonym, REDACTED } from './pseudonym.ts';
export { createRedaction, type RequestRedacted, type RedactedExchange, type RedactedRecording, type RedactedTaskState, redactExchange, type Redaction, type RedactionOptions, redactRecordedBody, redactRequestBody, } from './redaction.ts';
export { type Projected, projectTexts, readBytes } from './scan-projection.ts';
export { KEPT_HEADERS } from './secret-places.ts';
export { scanExchange, scanRecording, scanText, type FoundSecret } from './secret-scan.ts';
export { namesCredential } from './secret-sources.ts';
