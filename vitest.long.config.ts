import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { defineConfig } from 'vitest/config'

// What takes long: killed processes, packed installs, many at once. `npm run test:long`; CI runs it too.
export default defineConfig({
  test: {
    env: { STARTTASK_KEY_FILE: join(tmpdir(), 'starttask-harness-tests.key') }, // none of the developer's own
    include: ['test/long/**/*.test.ts'],
    globalSetup: ['test/report-skipped.ts'],
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
})
