/** Arbitraries for fast-check: valid requests and answers of each outcome, and requests that break one rule. */
export { startTaskWireResponses, startTaskResponses, type SuccessKind } from './responses.ts';
export { BREAKABLE_RULES, type BrokenRequest, brokenRequests } from './broken-requests.ts';
export { startTaskRequests, type StartTaskRequestOptions } from './requests.ts';
