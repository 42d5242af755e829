import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    env: { STARTTASK_KEY_FILE: join(tmpdir(), 'starttask-harness-tests.key') }, // none of the developer's own
    include: ['test/**/*.test.ts'],
    exclude: ['test/long/**', 'node_modules/**'],
    globalSetup: ['test/report-skipped.ts'],
    testTimeout: 30_000, // a test that starts processes takes more than 5 s on a loaded machine; one that hangs is still found
    maxWorkers: '100%', // vitest itself leaves one processor alone, which on two is half of them
  },
})
