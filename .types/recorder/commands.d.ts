/** Records what one AWS SDK v3 client does, by middleware of its own: nothing global is patched, and nothing of the SDK is loaded. */
import { type RecordableClient } from './command-capture.ts';
import type { RecordingSession } from './session.ts';
export type { RecordableClient } from './command-capture.ts';
export interface RecordCommandsOptions {
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
 * Records the StartTask exchanges of one client, each attempt as an exchange, until it is stopped. The client's commands go on as ever,
 * whatever becomes of the recording: what could not be kept is counted in `lost`, or thrown by `stop`. Safe in a live service: other
 * clients of the process, those of `node:http2` among them, notice nothing. What a mock answers in place of the service is recorded too,
 * for nothing here tells the two apart.
 *
 * Throws `usage` for a wrong option or what is no client of SDK v3, `already-active` for a client that is recorded already, and what
 * opening a recording that exists throws. Several clients may be recorded at once.
 */
export declare function recordCommands(client: RecordableClient, options: RecordCommandsOptions): RecordingSession;
