/** `starttask-harness/jest`: gives jest's `expect` the matchers. */
import './package/node-version.ts'

import './runners/jest.ts'

export type { StartTaskMatchers } from './runners/jest.ts'
