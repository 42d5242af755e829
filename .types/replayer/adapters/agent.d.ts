import { Agent } from 'node:https';
import { type Accounting, type Engine, type Recordings, type ReplayOptions } from '../engine/index.ts';
/** An agent for clients on `node:https` and `node:http`, with the accounting of its replayer. */
export interface ReplayAgent extends Agent, Accounting {
}
/**
 * An `https.Agent` whose connections end in this process: whatever client it is given to writes and reads real HTTP, and nothing is
 * patched. It serves `https:` and `http:` URLs of any host. A recorded refusal is a reset, as at the HTTP server; a recorded time-out lasts
 * until the client's own time limit.
 */
export declare function replayAgent(recordings: Recordings, options?: ReplayOptions): ReplayAgent;
/** As {@link replayAgent}, over an engine that others ask as well. */
export declare function openAgent(engine: Engine): ReplayAgent;
