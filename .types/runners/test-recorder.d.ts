import { type RecordableClient, type RecordingSession } from '../recorder/index.ts';
/** Records what a test sends to a live service. What is not stopped by the test is stopped at its end. */
export interface TestRecorder {
    /** Where the recording goes. */
    readonly out: string;
    /** Records one client of AWS SDK v3: middleware, which patches nothing, so that tests may run at the same time. */
    commands(client: RecordableClient): RecordingSession;
    /** Records this process, whatever its HTTP client, from when it resolves: one test at a time. */
    process(): Promise<RecordingSession>;
}
/** Creates a test's recorder, and what ends it: it throws what writing throws, and warns of requests that had no end. */
export declare function createTestRecorder(out: string): {
    recorder: TestRecorder;
    stop: () => Promise<void>;
};
/** A file name that a test's name makes: letters, digits and hyphens alone, whatever the name holds. */
export declare function nameRecording(testName: string): string;
