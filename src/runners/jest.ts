/**
 * `starttask-harness/jest`: importing it gives jest's `expect` the matchers. Jest loads ES modules with
 * `NODE_OPTIONS=--experimental-vm-modules` alone; what requires this without it reads that in one message (jest.cjs).
 */

import { MATCHERS, type StartTaskMatchers } from './matchers.ts'
import { globals } from './npm-install-save-dev-jest-globals.ts'

export type { StartTaskMatchers } from './matchers.ts'

globals.expect.extend(MATCHERS)

declare module 'expect' {
  interface Matchers<R extends void | Promise<void>, T = unknown> extends StartTaskMatchers<R> {}
}
