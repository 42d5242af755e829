import { flag, text } from '../../options/option.ts'
import { json, plain } from '../../options/shared.ts'
import { defineCommand } from '../../program/command.ts'

export const command = defineCommand({
  name: 'drift',
  summary: 'Compare the contract with an SDK or a service model',
  arguments: {},
  options: {
    sdk: flag('sdk', 'Compare with the @aws-sdk/client-ecs that is installed here'),
    model: text('model', 'file', 'Compare with a service-2.json (also .gz) or a Smithy JSON AST'),
    json,
    plain: plain('difference', 'source, severity, kind, side, pointer, known or new, message'),
  },
  examples: ['starttask drift --sdk', 'starttask drift --model service-2.json.gz --json'],
  run: async (values) => (await import('./drift.ts')).drift(values),
})
