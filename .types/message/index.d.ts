/** Messages: one layout for errors and reports, and one escaping rule for each output. */
export { formatValueBriefly } from './brief-value.ts';
export { escapeControls, escapeForTerminal, escapeHtml, escapeLine, escapeWorkflowMessage, escapeWorkflowProperty, } from './escape.ts';
export { HarnessError, type HarnessErrorCode, type HarnessErrorParts, isHarnessError, } from './harness-error.ts';
export { type Details, formatDetail, formatMessage, type Message } from './layout.ts';
export { describeUnknownName, findNearestNames } from './nearest-name.ts';
export { describeReason, formatCount, joinNames } from './words.ts';
