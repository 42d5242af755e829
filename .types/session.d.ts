/** `starttask-harness/session`: records or replays, as the mode says. */
import './package/node-version.ts';
export { type ResponseDifference, type LiveMode, type Mode, type SessionOptions, type Session, type SessionReport, startSession, type LiveDifference, } from './session/index.ts';
