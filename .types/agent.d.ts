/** `starttask-harness/agent`: an in-memory agent that replays recordings. */
import './package/node-version.ts';
export { type ReplayAgent, replayAgent } from './replayer/adapters/index.ts';
