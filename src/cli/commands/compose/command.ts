import { flag, optionalArgument, repeatable, requiredText, text } from '../../options/option.ts'
import { json, config } from '../../options/shared.ts'
import { defineCommand } from '../../program/command.ts'

export const command = defineCommand({
  name: 'compose',
  summary: 'Compose a recording of any documented outcome',
  details: 'The recording conforms to the documented contract. No service is called.',
  arguments: {
    request: optionalArgument(
      'request',
      'File with the request body as JSON, - for standard input; otherwise a request for two instances',
    ),
  },
  options: {
    outcome: requiredText('outcome', 'name', 'Outcome of the exchange', {
      choices: ['started', 'partial', 'unplaced', 'rejected', 'unreadable'],
    }),
    reasons: repeatable(
      'reason',
      'reason',
      'Failure reason, error name, or what came instead of a response; again for the next instance',
    ),
    error: text('error', 'name', 'For rejected: name of the error'),
    status: text('status', 'n', 'For rejected: HTTP status, if several were seen with the error'),
    detail: text('detail', 'text', 'Detail of the failures'),
    message: text(
      'message',
      'text',
      'Message of the error; otherwise one that users have reported',
    ),
    out: requiredText('out', 'file', 'Recording to write; its name ends in .json'),
    append: flag('append', 'Add the exchange to an existing composed recording'),
    config,
    json,
  },
  examples: [
    'starttask compose --outcome unplaced --reason AGENT --out recordings/agent.json',
    'starttask compose --outcome partial --reason RESOURCE:MEMORY request.json --out recordings/partial.json',
    'starttask compose --outcome rejected --error ClusterNotFoundException --out recordings/no-cluster.json',
    'jq .body failed.json | starttask compose - --outcome started --out recordings/started.json',
  ],
  run: async (values) => (await import('./compose.ts')).compose(values),
})
