/** What a session's live modes are made of: capture and collector apart, and the run that a process belongs to. */
export { captureRequests } from './capture.ts';
export { createCollector, type OpenExchange } from './collector.ts';
export { chooseOperations, readOperation } from '../contract/index.ts';
export { refusePseudonyms, PSEUDONYM_REFUSAL } from './pseudonym-refusal.ts';
export { joinRun, readRunStart, RUN_VARIABLE } from './run.ts';
