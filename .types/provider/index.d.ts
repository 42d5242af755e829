/**
 * The embedded provider: answers StartTask as its API page documents it, from nothing but the contract, a state, a seed and a clock.
 * It is no emulator of ECS: it runs nothing, and it knows only what its state says.
 *
 * ListContainerInstances, DescribeTasks, StopTask and ListTasks are a convenience for what StartTask callers ask next. They are outside
 * the page: their members come from the AWS service model that the SDKs are generated from, cut to those that the state can answer.
 *
 * This adapter is pure: no HTTP, no files. `server.ts` is the adapter over HTTP, with a state file.
 */
export { createDefaultState } from './default-state.ts';
export { createProvider, type Provider, type ProviderOptions } from './provider.ts';
export { startProvider } from './server.ts';
export { parseProviderState } from './state-parser.ts';
export type { ProviderState } from './state.ts';
