/** Modes: the one room that meets both the recorder and the replayer. The preload stands beside this adapter, in register.ts. */
export { chooseMode, type LiveMode, type Mode } from './mode.ts';
export type { SessionOptions } from './options.ts';
export type { ResponseDifference } from './response-difference.ts';
export { type Session, type SessionReport, startSession } from './session.ts';
export type { LiveDifference } from './verification.ts';
