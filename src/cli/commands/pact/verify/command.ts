import { flag, parsed, text } from '../../../options/option.ts'
import { json, pacts, plain, region, config } from '../../../options/shared.ts'
import { parseSeconds } from '../../../options/values.ts'
import { defineCommand } from '../../../program/command.ts'

export const command = defineCommand({
  name: 'verify',
  summary: 'Verify pacts against a running service',
  details:
    'The Pact verifier sends each interaction to the service and compares the responses. It needs @pact-foundation/pact.',
  arguments: { paths: pacts },
  options: {
    url: text('url', 'url', 'Service to verify; against AWS this starts real tasks', {
      conflicts: ['embedded'],
    }),
    embedded: flag('embedded', 'Verify the embedded provider of this package'),
    statesUrl: text(
      'states-url',
      'url',
      'Service that sets up provider states: POST { state, params, action }',
    ),
    sign: flag('sign', 'Sign each request for AWS, with credentials of the default chain'),
    region,
    timeout: parsed('timeout', 'seconds', 'Time for one response', {
      parse: parseSeconds,
      absent: 5,
      shown: '5',
    }),
    config,
    verbose: flag('verbose', "Print Pact's own output on standard error"),
    json,
    plain: plain(
      'result',
      'passed, failed, departs or gone, consumer, interaction, place, difference',
    ),
  },
  examples: [
    'starttask pact verify contracts/pacts --embedded',
    'starttask pact verify contracts/pacts --url http://127.0.0.1:5000 --states-url http://127.0.0.1:5001/states',
  ],
  run: async (values) => (await import('./verify.ts')).verify(values),
})
