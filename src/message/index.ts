/** Errors, and the escaping of untrusted text in messages. */
export { HarnessError, type HarnessErrorCode, isHarnessError } from './harness-error.ts'
export { escapeControls, formatValueBriefly } from './safe-text.ts'
