/** `starttask-harness/jest`: registers the matchers with jest. */
import './node-version.ts'

export { type StartTaskMatchers } from './runners/jest.ts'
