import { manyArguments, requiredText } from '../../options/option.ts'
import { json, config } from '../../options/shared.ts'
import { defineCommand } from '../../program/command.ts'

export const command = defineCommand({
  name: 'archive',
  summary: 'Combine many recordings into one indexed archive',
  details: 'An archive is opened without reading all of it.',
  arguments: {
    paths: manyArguments(
      'path',
      'Recordings, archives, NDJSON of exchanges (plain, .gz or .zst), or folders with such files',
    ),
  },
  options: {
    out: requiredText('out', 'file', 'Archive to write: x.ndjson, or x.ndjson.zst to compress it'),
    config,
    json,
  },
  examples: [
    'starttask archive recordings/ --out all.ndjson.zst',
    'starttask archive monday.ndjson.gz tuesday.ndjson --out week.ndjson',
  ],
  run: async (values) => (await import('./archive.ts')).archive(values),
})
