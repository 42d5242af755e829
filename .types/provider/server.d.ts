import type { ProviderState } from './state.ts';
export interface ProviderServerOptions {
    /** The port on 127.0.0.1; 0 or absent takes a free one. */
    port?: number;
    /**
     * Where the state is kept: read when the file exists, created when not, written after each change and before its response. It holds the
     * overrides of tasks, environment values included.
     */
    stateFile?: string;
    /** What there is at first, when there is no state file or it does not exist yet. */
    state?: ProviderState;
    seed?: number;
    clock?: {
        now(): number;
    };
}
/** A server that runs. `stop` resolves when answers under way are given and all changes are written; disposal stops. */
export interface RunningServer extends AsyncDisposable {
    readonly url: string;
    stop(): Promise<void>;
}
/** Starts a provider over HTTP on this machine. Throws `usage`, `not-json` or `write-failed` for options or files, `port-in-use`. */
export declare function startProvider(options?: ProviderServerOptions): Promise<RunningServer>;
