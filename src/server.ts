/** `starttask-harness/server`: what listens on this machine. */
import './node-version.ts'

export { createProvider, type Provider, type ProviderOptions, type ProviderState } from './provider/index.ts'
export { startProvider } from './provider/server.ts'
export { type RecordingProxy, type RecordingProxyOptions, startRecordingProxy } from './recorder/proxy.ts'
export { type ReplayServer, type ReplayServerOptions, startReplayServer } from './replayer/server.ts'
