/** `starttask-harness/vitest-reporter`: a reporter of unused recordings. */
import './package/node-version.ts';
export { unusedRecordings, type UnusedRecordingsOptions } from './runners/vitest-reporter.ts';
