import { check, json, recordings, config } from '../../options/shared.ts'
import { defineCommand } from '../../program/command.ts'

export const command = defineCommand({
  name: 'format',
  summary: 'Format recordings after a manual edit or a merge',
  details: 'Their content does not change.',
  arguments: { paths: recordings },
  options: { check, config, json },
  examples: [
    'starttask format recordings/',
    'starttask format recordings/ --check',
    'starttask format merged.json --json',
  ],
  run: async (values) => (await import('./format.ts')).format(values),
})
