import { argument, manyArguments, requiredText } from '../../options/option.ts'
import { allow, json, config } from '../../options/shared.ts'
import { defineCommand } from '../../program/command.ts'

export const command = defineCommand({
  name: 'import',
  summary: 'Import recordings from logs and other tools',
  arguments: {
    format: argument('format', 'Format of the files', {
      choices: ['aws-cli-debug', 'cloudtrail', 'eventbridge', 'har', 'nock', 'sdk-log', 'wiremock'],
    }),
    paths: manyArguments('path', 'Files, also .gz or .zst, or folders with them'),
  },
  options: {
    out: requiredText('out', 'file', 'x.json; for many exchanges x.ndjson or x.ndjson.zst'),
    allow,
    config,
    json,
  },
  examples: [
    'starttask import aws-cli-debug debug.log --out recordings/incident.json',
    'starttask import cloudtrail AWSLogs/ --out incident.ndjson.zst',
    'starttask import har session.har --out recordings/session.json',
    'starttask import eventbridge task-states.ndjson --out recordings/tasks.json',
  ],
  run: async (values) => (await import('./import.ts')).runImport(values),
})
