import { type Certificate } from '../../listener/index.ts';
import { type Accounting, type Engine, type Recordings, type ReplayOptions } from '../engine/index.ts';
export interface ReplayServerOptions extends ReplayOptions {
    /** The port; 0 or absent takes a free one. Each of several has a session of its own. */
    port?: number | readonly number[];
    /** The address to listen on; 127.0.0.1 unless it is given. Whoever reaches another one can read what is recorded. */
    host?: string;
    /** Names that clients may call the server by, besides addresses and this machine's own: a web page could otherwise reach it by one. */
    allowHosts?: readonly string[];
    /** Serves HTTPS with this certificate (PEM) instead of HTTP. */
    tls?: Certificate;
}
/** A replay server that runs; disposal stops it. */
export interface ReplayServer extends AsyncDisposable, Accounting {
    /** That of the first port. */
    readonly url: string;
    readonly urls: readonly string[];
    stop(): Promise<void>;
}
/**
 * Serves recordings over HTTP, for clients in any language: give them `url` as the endpoint, or `url` and a path of their own
 * (`http://127.0.0.1:4566/shard-1`), which is then their session. Below `/.starttask/` it tells of itself.
 */
export declare function startReplayServer(recordings: Recordings, options?: ReplayServerOptions): Promise<ReplayServer>;
/** Where a server listens. */
interface Listening {
    ports: readonly number[];
    host?: ReplayServerOptions['host'] | undefined;
    allowHosts?: ReplayServerOptions['allowHosts'] | undefined;
    tls?: ReplayServerOptions['tls'] | undefined;
}
/** As {@link startReplayServer}, over an engine that others ask as well. */
export declare function serveEngine(engine: Engine, { ports, host, allowHosts, tls }: Listening): Promise<ReplayServer>;
export {};
