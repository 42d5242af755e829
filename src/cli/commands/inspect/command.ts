import { type Command } from '@commander-js/extra-typings'

import { collect, formatExamples } from '../../examples.ts'

export function addInspect(program: Command, finish: (code: number) => void): void {
  program
    .command('inspect')
    .description(
      'read recordings: a list, one exchange, the difference of two, or all of it as a page',
    )
    .argument('[path...]', 'recordings, folders with them, or archives; PATH#N shows one exchange')
    .option(
      '--exchange <n>',
      'show this exchange in full; where PATH holds several recordings, name it as PATH#N',
    )
    .option('--diff <exchange...>', 'where two exchanges differ: numbers in PATH, or PATH#N PATH#N')
    .option(
      '--outcome <name>',
      'list only these: started, partial, unplaced, rejected, unreadable, failed, answered',
      collect,
      [],
    )
    .option(
      '--reason <name>',
      'list only what failed for this reason, or with this error',
      collect,
      [],
    )
    .option('--find <text>', 'list only what holds this text anywhere, however it is spelled')
    .option('--html <file>', 'write one page that needs no server and no network, instead')
    .option(
      '--config <file>',
      'what the team has decided; otherwise starttask.config.json, here or in a folder above',
    )
    .option(
      '--plain',
      'one line an exchange with tabs between, for other programs; no colours',
      false,
    )
    .option('--json', 'one JSON document on standard output', false)
    .addHelpText(
      'before',
      formatExamples(
        'starttask inspect recordings/',
        'starttask inspect recordings/incidents/throttling-storm.json --outcome rejected',
        'starttask inspect recordings/partial/provider-one-instance-missing.json#1',
        'starttask inspect recordings/incidents/agent-disconnect-partial.json --diff 1 3',
        'starttask inspect recordings/ --html recordings.html',
      ),
    )
    .action(async (paths, { exchange, diff, html, find, config, ...options }) => {
      const { inspect } = await import('./inspect.ts')
      finish(await inspect({ ...options, paths, exchange, diff: diff ?? [], find, html, config }))
    })
}
