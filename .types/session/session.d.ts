import type { ExchangePlace } from '../replayer/engine/index.ts';
import type { Mode } from './mode.ts';
import { type SessionOptions } from './options.ts';
import { type Tally } from './plan.ts';
import type { LiveDifference } from './verification.ts';
/** What came of a session. */
export interface SessionReport extends Tally {
    mode: Mode;
    /** The files that hold what was recorded. */
    written: string[];
    /** Requests that had no end when the session stopped: they are not recorded. */
    lost: number;
    /** Recorded exchanges that no request met, in the modes that read recordings. */
    unused: ExchangePlace[];
    /** In `re-record` into a folder: the recording files that were not written again. They are still there. */
    stale?: string[];
    /** In `verify-live`: in what live responses were not as recorded. */
    differences?: LiveDifference[];
}
/** A session under way; disposal stops it. */
export interface Session extends AsyncDisposable {
    readonly mode: Mode;
    /**
     * Ends it, and resolves when all is written; the same when called again. Live requests in flight have two seconds to end. Throws
     * `write-failed`, `lock-held` or `secret-found` for what could not be written.
     */
    stop(): Promise<SessionReport>;
}
/** As {@link Session}, with what it has to tell before it stops: for a process that ends at once. */
export interface OpenSession extends Session {
    describe(): SessionReport;
}
/**
 * Runs this process's ECS requests in a mode, by whatever HTTP client they are sent, until it stops. Requests to other services are left
 * alone. While it runs, `node:http2` clients of the process hang: it is for tests and tools.
 *
 * Beside an msw server of your own: start the session before its `listen()`, or let that pass what it has no handler for.
 *
 * Throws `usage` for a wrong option, `upstream-required` for a live mode without a service, `already-active` when a session or a recording
 * runs already, and what opening the recordings throws: `replay` without any never begins.
 */
export declare function startSession(options: SessionOptions): Session;
export declare function openSession(options: SessionOptions, env: NodeJS.ProcessEnv): OpenSession;
