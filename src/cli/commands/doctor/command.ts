import { text } from '../../options/option.ts'
import { json, plain } from '../../options/shared.ts'
import { defineCommand } from '../../program/command.ts'

export const command = defineCommand({
  name: 'doctor',
  summary: 'Find problems in the set-up of this project',
  details: 'It opens no connection unless --upstream names a service.',
  arguments: {},
  options: {
    upstream: text('upstream', 'url', 'Service to connect to; nothing is started there'),
    json,
    plain: plain('check', 'status, check, fact, place, remedy'),
  },
  examples: [
    'starttask doctor',
    'starttask doctor --json',
    'starttask doctor --upstream http://127.0.0.1:5000',
  ],
  run: async (values) => (await import('./doctor.ts')).doctor(values),
})
