export interface StartRecordingOptions {
    /** The path of a `.json` file for all exchanges, or of a folder that gets one file for each different request. */
    out: string;
    /** Operations that are recorded besides StartTask. */
    allow?: readonly string[];
    /** A line of your own for the recordings' provenance. */
    note?: string;
    /** The rules file whose `keep` and `redact` apply; otherwise `starttask.rules.json`, in the working directory or above. */
    rules?: string;
}
/** A recording under way; disposal stops. */
export interface RecordingSession extends AsyncDisposable {
    /**
     * Resolves when all is written. Requests in flight have two seconds to end; what has no end then goes on undisturbed, is not recorded,
     * and `lost` counts it. What is sent after the call is not recorded. Throws `write-failed`; the same when called again.
     */
    stop(): Promise<{
        written: string[];
        lost: number;
    }>;
}
/**
 * Records this process's StartTask exchanges, by whatever HTTP client it uses, while they go to the live service as ever. Answers that a
 * mock gave are not recorded. While a session runs, `node:http2` clients of the process hang: it is for tests and tools. A process that
 * ends by `process.exit()` keeps what had ended; one that a signal ends keeps what was written before. Requests over a connection that was
 * open already when the recording began are not seen: begin before the first one.
 *
 * Throws `already-active` when a session runs already, `usage` for a wrong option, and what opening a recording that exists throws.
 */
export declare function startRecording(options: StartRecordingOptions): RecordingSession;
