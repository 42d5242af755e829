import { parsed, text } from '../../options/option.ts'
import { port } from '../../options/shared.ts'
import { parseCount } from '../../options/values.ts'
import { defineCommand } from '../../program/command.ts'

export const command = defineCommand({
  name: 'provider',
  summary: 'Run the embedded provider, which simulates StartTask',
  arguments: {},
  options: {
    port,
    state: text(
      'state',
      'file',
      'Clusters, instances, definitions and tasks; created if missing, rewritten after each change',
    ),
    seed: parsed('seed', 'n', 'Seed of ids', { parse: parseCount, absent: 1, shown: '1' }),
  },
  examples: ['starttask provider --port 5000 --state ecs.json'],
  run: async (values) => (await import('./provider.ts')).provide(values),
})
