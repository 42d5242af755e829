import { requiredText } from '../../options/option.ts'
import { check, json, recordings } from '../../options/shared.ts'
import { defineCommand } from '../../program/command.ts'

export const command = defineCommand({
  name: 'prune',
  summary: 'Remove exchanges that no run has used',
  details: 'Runs list what they used in the folder named by STARTTASK_USAGE or replay --usage.',
  arguments: { paths: recordings },
  options: {
    usage: requiredText('usage', 'folder', 'Folder in which the runs listed what they used'),
    check,
    json,
  },
  examples: [
    'STARTTASK_USAGE=.starttask/usage npm test && starttask prune recordings --usage .starttask/usage --check',
    'starttask prune recordings --usage .starttask/usage',
  ],
  run: async (values) => (await import('./prune.ts')).prune(values),
})
