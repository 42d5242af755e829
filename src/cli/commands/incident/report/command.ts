import { text } from '../../../options/option.ts'
import { incidentRecordings, json } from '../../../options/shared.ts'
import { defineCommand } from '../../../program/command.ts'

export const command = defineCommand({
  name: 'report',
  summary: 'Write an incident report as HTML or Markdown',
  arguments: { paths: incidentRecordings },
  options: {
    out: text('out', 'file', 'Self-contained HTML file to write'),
    markdown: text('markdown', 'file', 'Markdown file to write; - for standard output'),
    title: text('title', 'text', 'Heading; otherwise the scenario that the recordings name'),
    json,
  },
  examples: [
    'starttask incident report recordings/incidents/throttling-storm.json --out report.html',
    'starttask incident report client.json tasks.json --markdown - | gh pr comment 12 --body-file -',
  ],
  run: async (values) => (await import('./report.ts')).reportIncident(values),
})
