import { type WireRequest, type WireResponse } from '../protocol/index.ts';
import type { ProviderState } from './state.ts';
export interface ProviderOptions {
    /** What there is at first; the default state when absent. It is checked and copied. */
    state?: ProviderState;
    /** What all ids are made from; 1 when absent. */
    seed?: number;
    /** Milliseconds since 1970; the time of day when absent. */
    clock?: {
        now(): number;
    };
    /** Told each new state, before the response that tells of the change. */
    onChange?: (state: ProviderState) => void;
}
/**
 * `response` never rejects, whatever the request. The same state, seed, clock and requests give the same bytes, headers included. Each
 * request is answered in one step, so two at once are one after the other.
 */
export interface Provider {
    respond(request: WireRequest): Promise<WireResponse>;
    /** The state now; it is never changed in place. */
    readonly state: ProviderState;
}
/** Creates a provider. Throws `usage` for an unknown option or a state that is none. */
export declare function createProvider(options?: ProviderOptions): Provider;
/** Throws `usage` for an option that is not among `known`. */
export declare function refuseUnknownOptions(owner: string, options: object, known: readonly string[]): void;
