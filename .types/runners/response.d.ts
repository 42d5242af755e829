import { type Outcome } from '../contract/index.ts';
import { type JsonObject, type WireResponse } from '../protocol/index.ts';
/**
 * How a response reads, whatever form of it somebody holds: what a client of AWS SDK v3 gives (`{ tasks, failures, $metadata }`) or throws, a parsed
 * body, the text of one, a response on the wire, a recorded exchange or its response, an outcome. Never throws; what is none of these is
 * `unreadable`, and the reason says what it was.
 */
export declare function readResponse(received: unknown): Outcome;
/** Whether a value looks like a recorded exchange. */
export declare function isExchange(value: JsonObject): boolean;
/** Whether a value looks like a response on the wire. */
export declare function isWireResponse(value: object): value is WireResponse;
