/** What `require('starttask-harness/jest')` is in TypeScript: the types of the ES module, whose matchers jest's `expect` then has. */
export type { StartTaskMatchers } from '../jest.js' with { 'resolution-mode': 'import' }
