import { type UnsupportedProtocol, type TransportFailure, type WireRequest, type WireResponse } from '../../protocol/index.ts';
import type { MetFault } from './fault.ts';
import type { ReplaySettings } from './options.ts';
import type { Entry } from './sequence.ts';
/** At once where nothing has to be waited for. */
export type MaybeLater<Value> = Value | Promise<Value>;
/** Whom a recorded response is given. */
export interface Served {
    request: WireRequest;
    operation: string;
    /** How often the entry was played, this time included. */
    times: number;
    fault: MetFault | undefined;
}
/** Gives recorded responses as they are served: dated now, echoing the request, spoilt by a fault, and as late as the settings say. */
export declare function createServing(settings: ReplaySettings): (entry: Entry, served: Served) => MaybeLater<WireResponse | TransportFailure>;
/** HTTP 400: an SDK would send a 500's request again. With the true time, since the clock itself may be what fails. */
export declare function serveFailure(error: unknown): WireResponse;
/** HTTP 400 in AWS JSON, or in the unsupported protocol that the client speaks. */
export declare function serveError(name: string, message: string, now: number, foreign?: UnsupportedProtocol): WireResponse;
