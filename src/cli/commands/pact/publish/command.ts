import { parsed, text, variadic } from '../../../options/option.ts'
import { json, pacts } from '../../../options/shared.ts'
import { parseSeconds } from '../../../options/values.ts'
import { defineCommand } from '../../../program/command.ts'

export const command = defineCommand({
  name: 'publish',
  summary: 'Publish pacts to a Pact Broker',
  details:
    'They get the version and branch of git. PACT_BROKER_TOKEN, or PACT_BROKER_USERNAME and PACT_BROKER_PASSWORD, authenticate. It needs @pact-foundation/pact-cli.',
  arguments: { paths: pacts },
  options: {
    broker: text('broker', 'url', 'Broker; otherwise PACT_BROKER_BASE_URL'),
    versionId: text('version-id', 'version', "Version of the consumer; otherwise git's commit"),
    branch: text('branch', 'name', "Branch of the consumer; otherwise git's, or that of CI"),
    tag: variadic('tag', 'name', 'Tags of the version'),
    timeout: parsed('timeout', 'seconds', 'Time for all of it', {
      parse: parseSeconds,
      absent: 30,
      shown: '30',
    }),
    json,
  },
  examples: ['starttask pact publish contracts/pacts --broker https://broker.example'],
  run: async (values) => (await import('./publish.ts')).publish(values),
})
