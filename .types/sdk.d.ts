/** `starttask-harness/sdk`: for clients of AWS SDK v3. Nothing of the SDK is loaded. */
import './package/node-version.ts';
export { type RecordableClient, recordCommands, type RecordCommandsOptions, type RecordingSession, } from './recorder/index.ts';
export { type ReplayRequestHandler, replayRequestHandler } from './replayer/adapters/index.ts';
