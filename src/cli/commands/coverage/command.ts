import { flag } from '../../options/option.ts'
import { archivedRecordings, json, plain, config, usage } from '../../options/shared.ts'
import { defineCommand } from '../../program/command.ts'

export const command = defineCommand({
  name: 'coverage',
  summary: 'Report how much of the contract recordings cover',
  details: 'It counts outcomes, members, values, errors and failure reasons.',
  arguments: { paths: archivedRecordings },
  options: {
    usage: usage('Count only exchanges that runs listed in this folder (STARTTASK_USAGE)'),
    config,
    all: flag('all', 'Print all missing names, not ten of each kind'),
    json,
    plain: plain('name', 'kind, touched, missing or besides, name, count'),
  },
  examples: [
    'starttask coverage recordings/',
    'starttask coverage recordings/ --usage .usage --json',
  ],
  run: async (values) => (await import('./coverage.ts')).coverage(values),
})
