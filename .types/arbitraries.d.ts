/** `starttask-harness/arbitraries`: fast-check arbitraries of requests and responses. */
import './package/node-version.ts';
export { BREAKABLE_RULES, type BrokenRequest, brokenRequests, startTaskWireResponses, startTaskRequests, type StartTaskRequestOptions, startTaskResponses, type SuccessKind, } from './outcomes/arbitraries.ts';
