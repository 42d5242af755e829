import type { IncomingHttpHeaders } from 'node:http';
/** Whom a listener answers besides this machine. */
export interface Guarded {
    /** Whether it was told to listen elsewhere than on loopback: then addresses in `Host` are as good, since rebinding needs a name. */
    isOpen: boolean;
    /** Names that may stand in `Host`, without a port. */
    hosts: readonly string[];
}
/**
 * Why a request is refused, or `undefined`. A web page must not reach a listener of ours: neither by DNS rebinding (the `Host` is then
 * the page's own name) nor across origins (the browser then sends the page's `Origin`).
 */
export declare function refuseUntrustedCaller(headers: IncomingHttpHeaders, guarded: Guarded): string | undefined;
