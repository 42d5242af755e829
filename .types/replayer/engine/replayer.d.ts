import { type TransportFailure, type WireRequest, type WireResponse } from '../../protocol/index.ts';
import { type Accounting } from './accounting.ts';
import { type ExchangePlace, type Recordings } from './library.ts';
import { type Miss } from './miss.ts';
import { type ReplayOptions } from './options.ts';
import { type MaybeLater } from './serving.ts';
/** What would answer a request, and why. */
export type Explanation = {
    matched: true;
    operation: string;
    places: ExchangePlace[];
    message: string;
} | {
    matched: false;
    miss: Miss;
    message: string;
};
/** The engine behind every replay adapter. It never opens a connection. */
export interface Replayer extends Accounting {
    /**
     * Answers a request from the recordings, or with a miss: HTTP 400, `__type` `NoRecordingMatched`. Never rejects: what fails, a callback that
     * throws included, is answered HTTP 400, `__type` `HarnessFailure`. The body's bytes are shared with later responses: do not change them.
     */
    respond(request: WireRequest): Promise<WireResponse | TransportFailure>;
    /** What would answer a request now; nothing is played or counted. */
    explain(request: WireRequest): Promise<Explanation>;
}
/** What an adapter of our own is told besides the response. */
export interface Decision {
    /** The exchange that is played; `undefined` for a miss. It stands fast at once, before the response has taken its time. */
    place: ExchangePlace | undefined;
    response: MaybeLater<WireResponse | TransportFailure>;
}
/** The engine, for adapters of our own. */
export interface Engine extends Replayer {
    /** @param within what the adapter tells of the request's session, a port for example */
    decide(request: WireRequest, within?: string): Decision;
}
/**
 * Creates the engine. Equal requests meet their recorded responses in recorded order.
 *
 * Warns (`StartTaskRedactionWarning`, once) when a recording was redacted by other rules than the replayer's own. Throws `usage` for an
 * unknown option, and what loading recordings and rules throws.
 */
export declare function createReplayer(recordings: Recordings, options?: ReplayOptions): Replayer;
/** As {@link createReplayer}. */
export declare function createEngine(recordings: Recordings, options?: ReplayOptions): Engine;
