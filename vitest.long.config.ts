import { defineConfig } from 'vitest/config'

// What takes long: killed processes, packed installs, many at once. `npm run test:long`; CI runs it too.
export default defineConfig({
  test: {
    include: ['test/long/**/*.test.ts'],
    globalSetup: ['test/report-skipped.ts'],
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
})
