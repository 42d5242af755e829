import { choice, flag } from '../../options/option.ts'
import { json } from '../../options/shared.ts'
import { defineCommand } from '../../program/command.ts'

export const command = defineCommand({
  name: 'init',
  summary: 'Add a first recording and a test that replays it',
  details: 'It shows the files that it would write, and asks before it writes them.',
  arguments: {},
  options: {
    runner: choice('runner', 'name', 'Test runner; otherwise read from package.json', {
      choices: ['vitest', 'jest', 'node', 'mocha'],
      absent: undefined,
    }),
    isAgreed: flag('yes', 'Write without asking'),
    isDryRun: flag('dry-run', 'Show what would be written, and write nothing'),
    json,
  },
  examples: ['starttask init', 'starttask init --dry-run', 'starttask init --runner vitest --yes'],
  run: async (values) => (await import('./init.ts')).init(values),
})
