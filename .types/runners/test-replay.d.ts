import { type Accounting, type Recordings, type ReplayOptions } from '../replayer/engine/index.ts';
import { type ReplayAgent, type ReplayFetch, type ReplayRequestHandler } from '../replayer/adapters/index.ts';
/**
 * A test's own replayer, with every adapter that patches nothing: tests may run at the same time. All adapters share its counters; what was used, missed
 * and sent is counted over all of them.
 */
export interface TestReplay extends Accounting {
    /** For AWS SDK v3: `new ECSClient({ requestHandler })`. */
    readonly requestHandler: ReplayRequestHandler;
    readonly fetch: ReplayFetch;
    /** An in-memory `https.Agent`. */
    readonly agent: ReplayAgent;
    /** Listens on this machine until the test ends, and gives the URL: an endpoint for any client. The same when called again. */
    listen(): Promise<string>;
}
/** Creates a test's replayer, and what ends it. Throws what loading recordings and options throws. */
export declare function createTestReplay(recordings: Recordings, options: ReplayOptions): {
    replay: TestReplay;
    stop: () => Promise<void>;
};
