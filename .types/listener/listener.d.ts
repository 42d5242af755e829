import { type Answering } from './handling.ts';
/** A certificate and its key, both as PEM text. */
export interface Certificate {
    key: string;
    cert: string;
}
export interface ListenerOptions extends Answering {
    /** The port; 0 or absent takes a free one. */
    port?: number | undefined;
    /** The address to listen on; 127.0.0.1 unless it is given. */
    host?: string | undefined;
    /** Names besides addresses and this machine's own that clients may call it by. */
    allowHosts?: readonly string[] | undefined;
    /** Serves HTTPS with this certificate instead of HTTP. */
    tls?: Certificate | undefined;
}
/** A listener that runs. `stop` lets answers under way finish for at most two seconds, and waits for nothing else; disposal stops. */
export interface Listener extends AsyncDisposable {
    readonly url: string;
    readonly port: number;
    stop(): Promise<void>;
}
/** Starts an HTTP listener. Throws `usage` for a port or certificate that is none, `port-in-use` or `listen-failed`. */
export declare function startListener(options: ListenerOptions): Promise<Listener>;
/** Throws `usage` for a port that is none: for whoever must know before it opens a file, too. */
export declare function requirePort(port: number): void;
