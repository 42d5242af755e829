/** The engine that answers from recordings. Its doors beside this one: msw.ts, server.ts. */
export type { Recordings } from './library.ts'
export { type Miss, MISS_NAME } from './miss.ts'
export { parseReplayOptions, type ReplayClock, type ReplayOptions } from './options.ts'
export { createReplayer, type ExchangePlace, type Replayer } from './replayer.ts'
