/**
 * `starttask-harness/jest`: importing it gives jest's `expect` the matchers. Jest loads ES modules with
 * `NODE_OPTIONS=--experimental-vm-modules` alone; what requires this without it reads that in one message (jest.cjs).
 */
import '../node-version.ts'

import * as globals from '@jest/globals' // whole: outside of jest its own error then says so, before a missing name does

import { MATCHERS, type StartTaskMatchers } from './matchers.ts'

export type { StartTaskMatchers } from './matchers.ts'

globals.expect.extend(MATCHERS)

declare module 'expect' {
  interface Matchers<R extends void | Promise<void>, T = unknown> extends StartTaskMatchers<R> {}
}
