import type { ProviderState } from './state.ts';
/**
 * A state to begin with: account, region, instance `4c543eed-…` and `hello_world:6` are those of the page's sample. Two instances are
 * healthy, `b7d0c3a2-…` has lost its agent, `e5a1f9d4-…` has too little memory for the one definition.
 */
export declare function createDefaultState(): ProviderState;
