/** Messages: one layout for errors and reports, and one escaping rule for each output. */

export { formatValueBriefly } from './brief-value.ts'
export {
  escapeControls,
  escapeForTerminal,
  escapeHtml,
  escapeJson,
  escapeLine,
  escapeWorkflowMessage,
  escapeWorkflowProperty,
} from './escape.ts'
export { HarnessError, type HarnessErrorCode, isHarnessError } from './harness-error.ts'
export { type Details, formatDetail, formatMessage } from './layout.ts'
export {
  escapeMarkdown,
  formatMarkdownCode,
  formatMarkdownRow,
  formatMarkdownTable,
} from './markdown.ts'
export { describeUnknownName, findNearestNames, requireKnownOptions } from './nearest-name.ts'
export { cutText, describeReason, formatCount, joinNames } from './words.ts'
