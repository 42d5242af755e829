import { chooseForm } from '../../../findings/form.ts'
import { variadic } from '../../../options/option.ts'
import { findingForms, pacts, config } from '../../../options/shared.ts'
import { defineCommand } from '../../../program/command.ts'

export const command = defineCommand({
  name: 'check',
  summary: 'Check pacts against the contract and recordings, offline',
  arguments: { paths: pacts },
  options: {
    recordings: variadic('recordings', 'path', 'Recordings of what the service really does'),
    config,
    ...findingForms,
  },
  examples: [
    'starttask pact check contracts/pacts',
    'starttask pact check pacts --recordings recordings/ --json',
  ],
  run: async (values) =>
    (await import('./check.ts')).checkPacts({ ...values, form: chooseForm(values) }),
})
