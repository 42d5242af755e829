/** Modes: the only module that uses both the recorder and the replayer. `register.ts` is the preload, an entry point of its own. */
export { chooseMode, type LiveMode, type Mode } from './mode.ts'
export type { SessionOptions } from './options.ts'
export type { ResponseDifference } from './response-difference.ts'
export { type Session, type SessionReport, startSession } from './session.ts'
export type { LiveDifference } from './verification.ts'
