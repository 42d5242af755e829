import { text } from '../../options/option.ts'
import { check, json, recordings, config } from '../../options/shared.ts'
import { defineCommand } from '../../program/command.ts'

export const command = defineCommand({
  name: 'redact',
  summary: 'Redact existing recordings',
  details: 'It removes what the recorder removes from new recordings.',
  arguments: { paths: recordings },
  options: {
    out: text('out', 'folder', 'Folder for the redacted recordings; otherwise they are replaced'),
    config,
    check,
    json,
  },
  examples: [
    'starttask redact recordings/',
    'starttask redact old.json --out clean/',
    'starttask redact recordings/ --check',
  ],
  run: async (values) => (await import('./redact.ts')).redact(values),
})
