import { type Accounting, type Recordings, type ReplayOptions } from '../engine/index.ts';
import { type HttpHandler } from './npm-install-save-dev-msw.ts';
/** Handlers to give to `setupServer(...)` or `server.use(...)`, with the accounting of their replayer. */
export interface ReplayHandlers extends Array<HttpHandler>, Accounting {
}
/**
 * msw handlers that answer every ECS request from recordings, whatever its host. Other requests are left to the other handlers.
 *
 * A recorded refusal of the connection is a reset, as at the HTTP server; so is a recorded time-out, at once: the
 * time limits of some clients (SDK v2) do not run here.
 */
export declare function replayHandlers(recordings: Recordings, options?: ReplayOptions): ReplayHandlers;
/** A replay session of its own, for tests that have no msw server; disposal stops it. */
export interface Replay extends Disposable, Accounting {
    stop(): void;
}
/**
 * Answers this process's ECS requests from recordings until stopped. Every other HTTP request of the process is an error meanwhile: none
 * goes out. Where an msw server already listens, give it {@link replayHandlers} instead: two servers in one process disturb each other.
 */
export declare function startReplay(recordings: Recordings, options?: ReplayOptions): Replay;
