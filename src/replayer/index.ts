/** The engine that answers from recordings. Its doors beside this one: msw.ts, request-handler.ts, fetch.ts, agent.ts, server.ts. */
export { type Accounting, carryAccounting, type UnmatchedRequest } from './accounting.ts'
export type { Fault } from './fault.ts'
export { type ExchangePlace, formatExchangeNumbers, type Recordings } from './library.ts'
export type { Miss } from './miss.ts'
export { readMatchRules, type ReplayClock, type ReplayOptions } from './options.ts'
export {
  createEngine,
  createReplayer,
  type Decision,
  type Explanation,
  type Replayer,
} from './replayer.ts'
export type { SentRequest } from './request-log.ts'
export { createKeys } from './source.ts'
export {
  noteUsage,
  type RecordingUsage,
  type Tracked,
  USAGE_FORMAT,
  USAGE_VERSION,
  watchReplayers,
} from './usage.ts'
