/** `starttask-harness/server`: what listens on this machine. */
import './node-version.ts'

export {
  createProvider,
  type Provider,
  type ProviderOptions,
  type ProviderState,
} from './provider/index.ts'
export { startProvider } from './provider/server.ts'
export {
  type AwsCredentials,
  type RecordingProxy,
  type RecordingProxyOptions,
  type SigningOptions,
  startRecordingProxy,
} from './recorder/proxy.ts'
export {
  type ReplayServer,
  type ReplayServerOptions,
  startReplayServer,
} from './replayer/server.ts'
