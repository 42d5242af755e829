/** `starttask-harness/nock`: for those who have nock, a front end on its recorder, and its definitions in and out. */
import { type RecordingSession } from '../recorder/index.ts';
export { readNockDefinitions, type ReadNockDefinitionsOptions } from './nock-definitions.ts';
export { formatNockDefinitions, type FormatNockDefinitionsOptions, type NockDefinition, } from './nock-format.ts';
export interface StartNockRecordingOptions {
    /** The path of a `.json` file for all exchanges, or of a folder that gets one file for each different request. */
    out: string;
    /** Operations that are recorded besides StartTask. */
    allow?: readonly string[];
    /** A line of your own for the recordings' provenance. */
    note?: string;
    /** The rules file whose `keep` and `redact` apply; otherwise `starttask.rules.json`, in the working directory or above. */
    rules?: string;
}
/**
 * Records this process's StartTask exchanges by nock's own recorder. nock is loaded here and not before, without the mocking that loading
 * it begins otherwise; where it mocked already it does so no longer until the recording stops, as with `nock.recorder.rec()`. What
 * that recorder cannot see is not in the recording: failures, times, clients of npm's undici, digits beyond 2^53. `startRecording` has them.
 *
 * Rejects with `usage` for a wrong option or when nock is not installed, with `already-active` when nock records already or another
 * library has the process's requests, such as a listening msw server, and with what opening a recording that exists throws.
 */
export declare function startNockRecording(options: StartNockRecordingOptions): Promise<RecordingSession>;
