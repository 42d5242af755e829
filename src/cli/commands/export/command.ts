import { argument, requiredText, text } from '../../options/option.ts'
import { archivedRecordings, json } from '../../options/shared.ts'
import { defineCommand } from '../../program/command.ts'

export const command = defineCommand({
  name: 'export',
  summary: 'Export recordings for other tools',
  arguments: {
    format: argument('format', 'Format to write', { choices: ['har', 'nock', 'wiremock'] }),
    paths: archivedRecordings,
  },
  options: {
    out: requiredText('out', 'file', 'File to write'),
    scope: text(
      'scope',
      'url',
      'nock: origin of the definitions; otherwise that of the recorded service',
    ),
    json,
  },
  examples: [
    'starttask export har recordings/ --out recordings.har',
    'starttask export wiremock recordings/started --out mappings/started.json',
    'starttask export nock recordings/a.json --scope https://ecs.eu-west-1.amazonaws.com --out nock.json',
  ],
  run: async (values) => (await import('./export.ts')).runExport(values),
})
