import { type TransportFailure, type WireResponse } from '../protocol/index.ts';
import { type EcsRequest } from './ecs-request.ts';
/** What becomes of a request: a response, a failure that its client meets, or its way to the service. */
export type Verdict = WireResponse | TransportFailure | 'live';
/**
 * Holds each ECS request of this process, by whatever HTTP client, until `decide` says what becomes of it; other requests are left alone.
 * A request that a mock has answered already is left to it. Where `decide` throws, the response is a refusal: nothing goes out unasked. Gives
 * the function that ends it.
 */
export declare function holdRequests(decide: (request: EcsRequest) => Promise<Verdict>): () => void;
/** A refusal in the client's own protocol: HTTP 400, which no client sends again. */
export declare function refuse(name: string, message: string): WireResponse;
