/** `starttask-harness/fetch`: a `fetch` that replays recordings. */
import './package/node-version.ts';
export { type ReplayFetch, replayFetch } from './replayer/adapters/index.ts';
