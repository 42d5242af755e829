import { manyArguments, requiredText } from '../../../options/option.ts'
import { allow, json, config } from '../../../options/shared.ts'
import { defineCommand } from '../../../program/command.ts'

export const command = defineCommand({
  name: 'archive',
  summary: 'Store recordings and CloudTrail records as Parquet',
  details: 'The archive is redacted and partitioned by region and day. incident query reads it.',
  arguments: {
    paths: manyArguments(
      'path',
      'Recordings, archives, CloudTrail files, folders with them, or s3://bucket/prefix',
    ),
  },
  options: {
    out: requiredText('out', 'folder', 'Folder of the archive'),
    allow,
    config,
    json,
  },
  examples: [
    'starttask incident archive AWSLogs/ --out march/',
    'starttask incident archive s3://my-trail/AWSLogs/123456789012/CloudTrail/us-east-1/2026/03/ --out march/',
    'starttask incident archive incident.ndjson.zst recordings/incidents --out incidents/',
  ],
  run: async (values) => (await import('./archive.ts')).archiveIncident(values),
})
