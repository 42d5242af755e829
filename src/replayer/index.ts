/** The engine that answers from recordings. Its doors beside this one: msw.ts, server.ts. */
export { formatExchangeNumbers, type Recordings } from './library.ts'
export type { Miss } from './miss.ts'
export type { ReplayClock, ReplayOptions } from './options.ts'
export { createReplayer, type ExchangePlace, type Replayer } from './replayer.ts'
