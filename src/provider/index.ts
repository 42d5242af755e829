/**
 * The embedded provider: it responds to StartTask as its API page documents it, from the contract, a state, a seed and a clock. It is not an
 * emulator of ECS: it runs nothing.
 *
 * ListContainerInstances, DescribeTasks, StopTask and ListTasks are for the next requests of StartTask callers. They are outside the page: their
 * members come from the AWS service model that the SDKs are generated from, without those that the state has no data for.
 */
export { createProvider, type Provider, type ProviderOptions } from './provider.ts'
export { startProvider } from './server.ts'
export { parseProviderState } from './state-parser.ts'
export { createDefaultState, type ProviderState } from './state.ts'
