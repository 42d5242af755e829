/** `starttask-harness/vitest`: fixtures and matchers. */
import './package/node-version.ts';
export { type StartTaskFixtures, type StartTaskMatchers, startTaskRequest, startTaskResponse, test, type TestRecorder, type TestReplay, } from './runners/vitest.ts';
