import { flag } from '../../../options/option.ts'
import { incidentRecordings, json, plain } from '../../../options/shared.ts'
import { defineCommand } from '../../../program/command.ts'

export const command = defineCommand({
  name: 'timeline',
  summary: 'Show attempts and task changes in order of time',
  details: 'Findings about them follow.',
  arguments: { paths: incidentRecordings },
  options: {
    all: flag('all', 'Print every event, however many there are'),
    json,
    plain: plain(
      'event',
      'number, milliseconds, attempt or task, operation or task ARN, result, summary, recording',
    ),
  },
  examples: [
    'starttask incident timeline recordings/incidents/server-error-task-started.json',
    'starttask incident timeline client.json tasks.json --json',
  ],
  run: async (values) => (await import('./timeline.ts')).showTimeline(values),
})
