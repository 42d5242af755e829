import { parsed, text } from '../../options/option.ts'
import { defineCommand } from '../../program/command.ts'

export const command = defineCommand({
  name: 'demo',
  summary: 'Record, replay and check sample exchanges end to end',
  arguments: {},
  options: {
    upstream: text('upstream', 'url', 'Live service to use instead of the embedded provider'),
    out: parsed('out', 'folder', 'Folder for the recordings', {
      parse: (folder) => folder,
      absent: '.starttask/demo',
      shown: '.starttask/demo',
    }),
  },
  examples: ['starttask demo', 'starttask demo --out /tmp/demo --upstream http://127.0.0.1:5000'],
  run: async (values) => (await import('./demo.ts')).demo(values),
})
