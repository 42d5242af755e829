/** `starttask-harness`: the documented contract, recordings, and the engine behind every replay adapter. */
import './package/node-version.ts';
export { checkError, checkExchange, checkRequest, checkResponse, type Container, type ContainerOverride, type Failure, type Finding, type NetworkConfiguration, type Outcome, readOutcome, type Severity, type StartTaskRequest, type StartTaskResponse, type Task, type TaskOverride, type TaskTag, type TaskVolumeConfiguration, } from './contract/index.ts';
export { HarnessError, type HarnessErrorCode, isHarnessError } from './message/index.ts';
export { type Exchange, parseBody, type RecordedResponse, type RecordedRequest, type Recording, type TaskStateChange, type TransportFailure, type WireRequest, type WireResponse, } from './protocol/index.ts';
export { formatRecording, loadRecordings, parseRecording } from './recording/index.ts';
export { type Accounting, createReplayer, type ExchangePlace, type Explanation, type Fault, type Miss, type Recordings, type ReplayClock, type Replayer, type ReplayOptions, type SentRequest, type UnmatchedRequest, } from './replayer/engine/index.ts';
export { applyRules, type FindRules, loadRules, parseRules, type Rules, type SeverityOverride, } from './config/index.ts';
