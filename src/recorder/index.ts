/** Captures exchanges in this process. The recording proxy stands beside this door, in proxy.ts. */
import '../node-version.ts'

export { type RecordingSession, startRecording, type StartRecordingOptions } from './session.ts'
