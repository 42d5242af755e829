/** `starttask-harness/msw`: msw handlers that replay recordings. */
import './package/node-version.ts';
export { type Replay, type ReplayHandlers, replayHandlers, startReplay, } from './replayer/adapters/msw.ts';
