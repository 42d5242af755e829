/** `starttask-harness/jest`: gives jest's `expect` the matchers, by `require` and by `import`. */

import * as globals from '@jest/globals' // a namespace: outside of jest its own error comes before a missing name

import { MATCHERS, type StartTaskMatchers } from './matchers.ts'

export type { StartTaskMatchers } from './matchers.ts'

globals.expect.extend(MATCHERS)

declare module 'expect' {
  interface Matchers<R extends void | Promise<void>, T = unknown> extends StartTaskMatchers<R> {}
}
