import { argument } from '../../options/option.ts'
import { json, plain, config } from '../../options/shared.ts'
import { defineCommand } from '../../program/command.ts'

export const command = defineCommand({
  name: 'propose',
  summary: 'Propose request members to ignore, from two recordings',
  details: 'It compares two recordings of one flow, and changes nothing.',
  arguments: {
    old: argument('old', 'Recording, or folder with recordings'),
    new: argument('new', 'Recording, or folder with recordings, of the same flow at another time'),
  },
  options: {
    config,
    json,
    plain: plain('member', 'pointer, kind, number of pairs in which it differs, number of pairs'),
  },
  examples: [
    'starttask propose recordings/monday recordings/tuesday',
    'starttask propose old.json new.json --json',
  ],
  run: async (values) => (await import('./propose.ts')).propose(values),
})
