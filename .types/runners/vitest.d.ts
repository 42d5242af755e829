/**
 * `starttask-harness/vitest`: importing it gives vitest's `expect` the matchers, and `test` a replayer, a recorder and a session for each test.
 * It needs a worker of vitest: what a configuration file imports is `starttask-harness/vitest-reporter`.
 */
import { type Recordings, type ReplayOptions } from '../replayer/engine/index.ts';
import { type Session } from '../session/index.ts';
import { type StartTaskMatchers } from './matchers.ts';
import { type TestRecorder } from './test-recorder.ts';
import { type TestReplay } from './test-replay.ts';
export type { StartTaskMatchers } from './matchers.ts';
export { startTaskRequest, startTaskResponse } from './schemas.ts';
export type { TestRecorder } from './test-recorder.ts';
export type { TestReplay } from './test-replay.ts';
declare module 'vitest' {
    interface Matchers<R extends void | Promise<void>, T> extends StartTaskMatchers<R> {
    }
    interface ProvidedContext {
        /** What the fixture `recordings` is, for all tests of a project. */
        recordings?: string | string[];
        /** What the fixture `replayOptions` is, for all tests of a project: what can be sent to a worker. */
        replayOptions?: Pick<ReplayOptions, 'match' | 'afterLast' | 'attempts' | 'latency' | 'rules' | 'echo'>;
    }
}
/** The fixtures of {@link test}. */
export interface StartTaskFixtures {
    /** What the others replay: the folder `recordings`, unless `provide` in the configuration or `test.override({ recordings })` says otherwise. */
    recordings: Recordings;
    /** How they replay it; said in the same two ways. */
    replayOptions: ReplayOptions;
    /** A replayer of the test's own, with the adapters that patch nothing. */
    replay: TestReplay;
    /** The URL at which that replayer listens while the test runs. */
    endpoint: string;
    /** This process's ECS requests, whatever sends them, in the mode of `STARTTASK_MODE`: one test at a time. */
    session: Session;
    /** Where the recorder writes: in the folder `recordings`, a file that is called after the test. */
    recordTo: string;
    /** Records what the test sends to a live service. */
    recorder: TestRecorder;
    /** Tells the reporter, when the test ends, what was played: by the fixtures, and by whatever else replays in this process. Nobody need name it. */
    played: void;
}
/** vitest's `test` with fixtures; what a test does not name is not made. */
export declare const test: import("vitest").TestAPI<{
    endpoint: string;
    played: void;
    recordTo: string;
    recorder: TestRecorder;
    recordings: Recordings;
    replay: TestReplay;
    replayOptions: ReplayOptions;
    session: Session;
}>;
