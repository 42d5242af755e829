/** Records exchanges: in this process, through one client of the AWS SDK, or through a proxy. */
export { captureRequests } from './capture.ts'
export {
  type Collector,
  type CollectorOptions,
  createCollector,
  type OpenExchange,
} from './collector.ts'
export { type RecordableClient, recordCommands, type RecordCommandsOptions } from './commands.ts'
export { finishJournals, refuseSecrets } from './finish.ts'
export { joinRun, readRunStart, refuseWrongRecorderOptions, RUN_VARIABLE } from './options.ts'
export { type RecordingProxy, type RecordingProxyOptions, startRecordingProxy } from './proxy.ts'
export { type RecordingSession, startRecording, type StartRecordingOptions } from './session.ts'
export type { SigningOptions } from './signing.ts'
export {
  type AwsCredentials,
  makeCallerCredentials,
  parseUpstream,
  PSEUDONYM_REFUSAL,
  refusePseudonyms,
} from './upstream.ts'
