import { type Command } from '@commander-js/extra-typings'

import { formatExamples } from '../../examples.ts'

export function addFormat(program: Command, finish: (code: number) => void): void {
  program
    .command('format')
    .description(
      'bring recordings back to their form after a hand edit or a merge; what they say stays',
    )
    .argument('<path...>', 'recordings: files or folders')
    .option('--check', 'write nothing, and fail when something would change', false)
    .option(
      '--config <file>',
      'what the team has decided; otherwise starttask.config.json, here or in a folder above',
    )
    .option('--json', 'one JSON document on standard output', false)
    .addHelpText(
      'before',
      formatExamples(
        'starttask format recordings/',
        'starttask format recordings/ --check',
        'starttask format merged.json --json',
      ),
    )
    .action(async (paths, { check, config, json }) => {
      const { format } = await import('./format.ts')
      finish(await format({ paths, check, config, json }))
    })
}
