/** `starttask-harness/recorder`: records the requests of this process. */
import './package/node-version.ts';
export { type RecordingSession, startRecording, type StartRecordingOptions, } from './recorder/index.ts';
