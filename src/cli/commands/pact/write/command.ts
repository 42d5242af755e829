import { requiredText, variadic } from '../../../options/option.ts'
import { archivedRecordings, json } from '../../../options/shared.ts'
import { defineCommand } from '../../../program/command.ts'

export const command = defineCommand({
  name: 'write',
  summary: 'Write a pact from recordings',
  details: 'Its matching rules come from the documented contract. No Pact package is needed.',
  arguments: { paths: archivedRecordings },
  options: {
    consumer: requiredText('consumer', 'name', 'Code that sends these requests'),
    out: requiredText('out', 'folder', 'Folder for the pact'),
    reads: variadic(
      'reads',
      'pointer',
      'Members of a response that the consumer reads, as /tasks/*/taskArn; otherwise all recorded ones',
    ),
    json,
  },
  examples: [
    'starttask pact write recordings/ --consumer batch-runner --out contracts/pacts',
    'starttask pact write recordings/ --consumer batch-runner --out pacts --reads /failures "/tasks/*/taskArn"',
  ],
  run: async ({ reads, ...values }) =>
    (await import('./write.ts')).writePact({
      ...values,
      reads: reads.length === 0 ? undefined : reads,
    }),
})
