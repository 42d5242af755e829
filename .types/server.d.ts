/** `starttask-harness/server`: what listens on this machine. */
import './package/node-version.ts';
export { createProvider, type Provider, type ProviderOptions, type ProviderState, startProvider, } from './provider/index.ts';
export { type AwsCredentials, type RecordingProxy, type RecordingProxyOptions, type SigningOptions, startRecordingProxy, } from './recorder/index.ts';
export { type ReplayServer, type ReplayServerOptions, startReplayServer, } from './replayer/adapters/index.ts';
