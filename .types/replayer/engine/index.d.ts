/** The engine that answers requests from recordings. The adapters connect clients to it. */
export { type Accounting, carryAccounting, type UnmatchedRequest } from './accounting.ts';
export type { Fault } from './fault.ts';
export { type ExchangePlace, formatExchangeNumbers, type Recordings } from './library.ts';
export type { Miss } from './miss.ts';
export { readMatchRules, type ReplayClock, type ReplayOptions } from './options.ts';
export { createEngine, createReplayer, type Decision, type Engine, type Explanation, type Replayer, } from './replayer.ts';
export type { SentRequest } from './request-log.ts';
export { noteUsage, type RecordingUsage, type Tracked, USAGE_FORMAT, USAGE_VERSION, watchReplayers, } from './usage.ts';
