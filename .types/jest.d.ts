/** `starttask-harness/jest`: registers the matchers with jest. */
import './package/node-version.ts';
export { type StartTaskMatchers } from './runners/jest.ts';
