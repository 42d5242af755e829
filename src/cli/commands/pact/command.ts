import { defineGroup } from '../../program/command.ts'
import { command as check } from './check/command.ts'
import { command as publish } from './publish/command.ts'
import { command as verify } from './verify/command.ts'
import { command as write } from './write/command.ts'

export const command = defineGroup({
  name: 'pact',
  summary: 'Write, check, verify and publish consumer contracts',
  commands: [write, check, verify, publish],
  examples: [
    'starttask pact check contracts/pacts',
    'starttask pact verify contracts/pacts --embedded',
  ],
})
