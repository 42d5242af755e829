import { manyArguments } from '../../options/option.ts'
import { json, plain } from '../../options/shared.ts'
import { defineCommand } from '../../program/command.ts'

export const command = defineCommand({
  name: 'scan',
  summary: 'Search recordings, journals, logs and files for secrets',
  details: 'For CI and commit hooks: it exits with 1 if it finds a secret.',
  arguments: { paths: manyArguments('path', 'Files or folders; - for standard input') },
  options: { json, plain: plain('secret', 'file, exchange, line, pointer, kind') },
  examples: [
    'starttask scan recordings/',
    'git diff --cached --name-only --diff-filter=d -z -- recordings | xargs -0 -r starttask scan --',
    'starttask scan - < debug.log',
  ],
  run: async (values) => (await import('./scan.ts')).scan(values),
})
