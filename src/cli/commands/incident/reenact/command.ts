import { parsed, text } from '../../../options/option.ts'
import { incidentRecordings, json, config } from '../../../options/shared.ts'
import { parseCount, parseLatency } from '../../../options/values.ts'
import { defineCommand } from '../../../program/command.ts'

export const command = defineCommand({
  name: 'reenact',
  summary: "Run today's code against a recorded incident",
  details:
    'The command after -- meets the service as it was during the incident. The report shows where its requests differ from the recorded ones.',
  takesCommand: true,
  arguments: { paths: incidentRecordings },
  options: {
    time: {
      ...parsed('time', 'time', 'Delay of responses: none, recorded, or a factor such as 0.01', {
        parse: parseLatency,
        absent: 'none',
        shown: 'none',
      }),
      suggestions: ['none', 'recorded'],
    },
    seed: parsed('seed', 'number', 'Seed of ids for tasks that the incident does not contain', {
      parse: parseCount,
      absent: 0,
      shown: '0',
    }),
    config,
    out: text(
      'report',
      'file',
      'Write the comparison of incident and re-enactment as one HTML file',
    ),
    markdown: text(
      'markdown',
      'file',
      'Write it as Markdown for a pull request; - for standard output',
    ),
    json,
  },
  examples: [
    'starttask incident reenact recordings/incidents/server-error-task-started.json -- node launch.js',
    'starttask incident reenact incident.json --time 0.01 --json -- pytest',
    'starttask incident reenact incident.json --report report.html -- node launch.js',
  ],
  run: async (values) => (await import('./reenact.ts')).reenactIncident(values),
})
