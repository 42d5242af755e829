import { choice, flag, manyArguments, text } from '../../options/option.ts'
import { findingForms, config } from '../../options/shared.ts'
import { defineCommand } from '../../program/command.ts'
import { chooseForm } from '../../findings/form.ts'

export const command = defineCommand({
  name: 'check',
  summary: 'Check recordings and bodies against the contract',
  arguments: {
    paths: manyArguments(
      'path',
      'Files (.json, or .ndjson with one document per line) or folders; - for standard input',
    ),
  },
  options: {
    as: choice('as', 'kind', 'Content of the files, if they do not say it', {
      choices: ['request', 'response', 'recording'],
      absent: undefined,
    }),
    isLines: flag(
      'ndjson',
      'Read one document per line; otherwise only .ndjson, or standard input whose first line is a document',
    ),
    config,
    ...findingForms,
    summary: text(
      'summary',
      'file',
      'Append a Markdown summary to this file; in GitHub Actions the default is the summary of the step',
    ),
  },
  examples: [
    'starttask check recordings/',
    'starttask check request.json --as request --json',
    'jq -c .body log.json | starttask check - --as response',
    'starttask check requests.ndjson --sarif > starttask.sarif',
  ],
  run: async (values) =>
    (await import('./check.ts')).check({ ...values, form: chooseForm(values) }),
})
