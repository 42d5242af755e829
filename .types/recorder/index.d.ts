/** Captures exchanges in this process. The recording proxy stands beside this adapter, in proxy.ts. */
export { type AwsCredentials, makeCallerCredentials } from './caller-credentials.ts';
export { captureRequests } from './capture.ts';
export { type Collector, type CollectorOptions, createCollector, type OpenExchange, } from './collector.ts';
export type { RecordableClient } from './command-capture.ts';
export { recordCommands, type RecordCommandsOptions } from './commands.ts';
export { finishJournals, refuseSecrets } from './finish.ts';
export { refuseWrongRecorderOptions } from './options.ts';
export { type RecordingProxy, type RecordingProxyOptions, startRecordingProxy } from './proxy.ts';
export { refusePseudonyms, PSEUDONYM_REFUSAL } from './pseudonym-refusal.ts';
export { joinRun, readRunStart, RUN_VARIABLE } from './run.ts';
export { type RecordingSession, startRecording, type StartRecordingOptions } from './session.ts';
export type { SigningOptions } from './signing.ts';
export { parseUpstream } from './upstream.ts';
