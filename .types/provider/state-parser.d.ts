import type { ProviderState } from './state.ts';
/**
 * Reads a state from its JSON. Throws `usage` for an unknown member, a wrong value, the same name twice or a task in no cluster of the
 * state; `not-json`, `too-large` or `too-deep` for a text that is no readable JSON.
 */
export declare function parseProviderState(text: string): ProviderState;
